"""取組一覧, the measures of all plans as a table that can be filtered, sorted and saved."""
