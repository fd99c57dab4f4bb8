"""Every piece of script that Gradio would compile from text in the browser, written out, so that the browser need compile none.

Without it the content policy would have to allow ``unsafe-eval``, and whatever text reached a compiler would run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import gradio as gr

_HEAD = """(() => {
  const written = new Map(["""
_FOOT = """  ]);
  // Gradio's own template of an HTML component: it shows one of the values that it is given.
  const shown = (names) => (...values) => `${values[names.indexOf("value")]}`;
  const compile = (...parts) => {
    const text = String(parts.at(-1));
    if (text === "return `${value}`;") return shown(parts.slice(0, -1));
    const found = written.get(text);
    if (found) return found;
    throw new EvalError("This page runs no script that is not written in it.");
  };
  const instead = { apply: (_target, _self, parts) => compile(...parts), construct: (_target, parts) => compile(...parts) };
  const later = Object.getPrototypeOf(async () => {});
  Object.defineProperty(later, "constructor", { value: new Proxy(later.constructor, instead) });
  window.Function = new Proxy(window.Function, instead);
})();
"""
_TEMPLATES = {'  return "${value}";\n': '() => "${value}"', '  return "";\n': '() => ""', "return ``;": '() => ""'}
"""What Handlebars, and the component after it, compile of a template that is only a value, and of none."""

_LOADED = ("element", "trigger", "props", "server", "upload", "watch")
"""What Gradio hands to the script that a component runs when it is loaded."""


def compiled_script(blocks: gr.Blocks) -> str:
    """Return a script that puts what is written in ``blocks`` in the place of the browser's compilers of text.

    Raises:
        ValueError: a script would end the element that it stands in.
    """
    pieces = _TEMPLATES | dict(_of_events(blocks)) | dict(_of_components(blocks))
    lines = [f"    [{json.dumps(source)}, {function}]," for source, function in pieces.items()]
    if any("</script" in line.lower() or "<!--" in line for line in lines):
        raise ValueError("A script of an event or a component holds </script or <!--; write it without.")
    return "\n".join((_HEAD, *lines, _FOOT))


def _of_events(blocks: gr.Blocks) -> Iterator[tuple[str, str]]:
    for event in blocks.fns.values():
        if isinstance(event.js, str):
            yield f"return (\n{event.js}\n);", f"async () => (\n{event.js}\n)"


def _of_components(blocks: gr.Blocks) -> Iterator[tuple[str, str]]:
    for component in blocks.blocks.values():
        if isinstance(component, gr.HTML) and component.js_on_load:
            yield component.js_on_load, f"function ({', '.join(_LOADED)}) {{\n{component.js_on_load}\n}}"
