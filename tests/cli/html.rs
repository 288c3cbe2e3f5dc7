//! Pages in HTML, named on the command line.

use super::*;

const PAGE: &str = "\
<!DOCTYPE html>
<html>
<head><title>Postmortem: orders database outage</title></head>
<body>
<nav><a href=\"/\">Human error</a></nav>
<h1>Postmortem: orders database outage</h1>
<h2>Root cause</h2>
<p>The root cause was <b>human</b> error.</p>
<script>say(\"the operator made a mistake\")</script>
</body>
</html>
";

#[test]
fn a_page_is_read_as_its_readers_see_it() {
    let folder = Folder::new();
    for name in ["a.html", "a.HTM", "a.xhtml", "page"] {
        folder.write(name, PAGE);
        let run = folder.run(&[name, "--format", "json"]).code(1);
        let document = &run.json()["documents"][0];
        assert_eq!(document["title"], "Postmortem: orders database outage");
        let findings = document["findings"].as_array().unwrap().iter();
        let at = |finding: &Value| {
            let (start, end) = (&finding["start"], &finding["end"]);
            let place = [&start["line"], &start["column"], &end["line"], &end["column"]];
            (finding["rule"].as_str().unwrap().to_owned(), place.map(|number| number.as_u64().unwrap()))
        };
        let found: Vec<_> = findings.map(at).filter(|(rule, _)| rule == "human-error").collect();
        assert_eq!(found, [(String::from("human-error"), [8, 26, 8, 41])], "{name}");
    }
}
