import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import snippets from "../snippets/postmortem.json";
import { RCALINT } from "./support";

/** What `check --format json` says of a document, as far as these tests read it. */
interface Report {
  documents: {
    verdict: string;
    sections: { role: string; heading: string }[];
    findings: { rule: string }[];
    coverage: Record<string, { status: string }>;
  }[];
}

/** Returns a snippet as text, with nothing filled in but what it proposes. */
function text(body: string[]): string {
  const proposed = body.join("\n").replace(/\$\{\d+:((?:\$\w+|[^}$])*)\}/g, "$1");
  return proposed.replace(/\$CURRENT_(YEAR|MONTH|DATE)/g, "10").replace(/\$\d+/g, "");
}

function check(document: string): Report["documents"][number] {
  const args = ["check", "-", "--isolated", "--format", "json", "--stdin-filename", "postmortem.md"];
  const run = spawnSync(RCALINT, args, { input: document, encoding: "utf8" });
  const report = JSON.parse(run.stdout) as Report;
  assert.ok(report.documents[0], run.stderr);
  return report.documents[0];
}

test("an empty postmortem states no cause, examines nothing and blames nobody", () => {
  const { verdict, findings, coverage } = check(text(snippets.Postmortem.body));
  assert.equal(verdict, "undetermined");
  assert.deepEqual(findings.map(({ rule }) => rule), ["no-cause-stated"]);
  assert.deepEqual([...new Set(Object.values(coverage).map(({ status }) => status))], ["absent"]);
});

test("the parts of the postmortem have the roles that their headings promise", () => {
  const { sections } = check(text(snippets.Postmortem.body));
  const roles = new Map(sections.map(({ heading, role }) => [heading, role]));
  const expected = {
    Summary: "summary",
    Impact: "impact",
    Timeline: "timeline",
    Detection: "detection",
    Causes: "cause",
    "Contributing factors": "contributing-factors",
    "Upstream software": "contributing-factors",
    Response: "response",
    "What went well": "went-well",
    Actions: "actions",
    "Open questions": "lessons",
  };
  for (const [heading, role] of Object.entries(expected)) assert.equal(roles.get(heading), role, heading);
});

test("no snippet blames anybody", () => {
  for (const [name, { body }] of Object.entries(snippets)) {
    const { findings } = check(`# Postmortem\n\n${text(body)}\n`);
    const rules = findings.map(({ rule }) => rule);
    assert.ok(rules.every((rule) => ["no-cause-stated", "unused-allow"].includes(rule)), `${name}: ${rules.join()}`);
  }
});

test("each tab stop of a snippet is there once", () => {
  for (const [name, { body }] of Object.entries(snippets)) {
    const stops = [...body.join("\n").matchAll(/\$\{?(\d+)/g)].map((stop) => stop[1]);
    assert.equal(new Set(stops).size, stops.length, name);
  }
});
