"""Reports for other programs, read back as those programs do."""

from __future__ import annotations

import json
from urllib.parse import unquote

from drafter.check import Edit, Finding, Fix, FixKind, Level, Rule, Text
from drafter.check.reports import Checked, as_json, github, sarif

TEXT = Text.of("会议要求\n抓好布署，抓好落实。", name="讲话 稿.txt")
FIX = Fix(FixKind.SAFE, (Edit(7, 9, "部署"),))
FINDING = Finding(
    "W002", Level.ERROR, "讲话 稿.txt", 2, 3, 2, 5, "布署", "“布署”应为“部署”：50%, 是", "词典", FIX, 7, 9
)
RULE = Rule(id="W002", level=Level.ERROR, what="错别字", why="写错", source="词典", blind="看不见语境")
CHECKED = [Checked(TEXT, (FINDING,)), Checked(Text.of("好", name="另一篇.txt"), ())]


def test_json_has_the_place_of_the_finding_and_of_its_edits() -> None:
    data = json.loads(json.dumps(as_json(CHECKED), ensure_ascii=False))
    assert data["schema_version"] == 1
    assert data["files"] == ["讲话 稿.txt", "另一篇.txt"]
    assert data["summary"] == {"error": 1, "warning": 0, "info": 0}
    (finding,) = data["findings"]
    assert {key: finding[key] for key in ("rule", "level", "line", "column", "end_line", "end_column", "text")} == {
        "rule": "W002", "level": "error", "line": 2, "column": 3, "end_line": 2, "end_column": 5, "text": "布署",
    }  # fmt: skip
    assert finding["fix"] == {
        "kind": "safe",
        "edits": [{"line": 2, "column": 3, "end_line": 2, "end_column": 5, "text": "部署"}],
    }


def test_sarif_describes_the_rule_and_points_to_the_place() -> None:
    data = json.loads(json.dumps(sarif(CHECKED, [RULE])))
    assert data["version"] == "2.1.0"
    (run,) = data["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["id"] == "W002"
    assert "看不见语境" in rule["help"]["text"]
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    location = result["locations"][0]["physicalLocation"]
    assert unquote(location["artifactLocation"]["uri"]) == "讲话 稿.txt"
    assert " " not in location["artifactLocation"]["uri"]
    assert location["region"]["startLine"] == 2
    assert location["region"]["endColumn"] == 5
    change = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert change["insertedContent"]["text"] == "部署"
    assert change["deletedRegion"]["startColumn"] == 3


def test_github_escapes_what_has_a_meaning_there() -> None:
    line = github(CHECKED)
    assert line.startswith("::error file=讲话 稿.txt,line=2,endLine=2,col=3,endColumn=5,title=W002 词典::")
    assert line.endswith("“布署”应为“部署”：50%25, 是\n")
