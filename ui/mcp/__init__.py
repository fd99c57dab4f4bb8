"""The plans for programs that speak MCP: the tools of the HTTP API's calls, over standard input and output or loopback HTTP."""
