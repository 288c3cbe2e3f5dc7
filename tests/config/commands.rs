//! `init`, `config` and `explain`.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{Folder, postmortem};

/// Returns the configuration that `init` writes.
fn template() -> String {
    let folder = Folder::new();
    folder.run(&["init"]).code(0);
    fs::read_to_string(folder.path().join("rcalint.toml")).unwrap()
}

/// Returns the same configuration with every setting enabled.
fn all_in_force() -> String {
    let shown = |line: &str| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).map(str::to_owned);
    let lines: Vec<String> = template().lines().map(|line| shown(line).unwrap_or(line.to_owned())).collect();
    lines.join("\n")
}

#[test]
fn init_writes_a_file_without_effect() {
    let folder = Folder::new();
    let run = folder.run(&["init"]).code(0);
    assert!(
        run.out.contains(".pre-commit-config.yaml") && run.out.contains(".github/workflows"),
        "{}",
        run.out
    );
    let settings = folder.run(&["config", "--format", "json"]).code(0).json();
    let all = settings["settings"].as_array().unwrap();
    assert!(all.iter().all(|setting| setting["from"] == "default"), "{settings}");
    folder.write("incident.md", postmortem("The root cause was human error."));
    let (own, none) =
        (folder.run(&["incident.md"]).code(1), folder.run(&["incident.md", "--isolated"]).code(1));
    assert_eq!(own.out, none.out);
}

#[test]
fn init_overwrites_nothing() {
    let folder = Folder::with("fail-on = \"note\"");
    folder.run(&["init"]).fails("rcalint.toml: already exists; nothing was written");
    assert_eq!(fs::read_to_string(folder.path().join("rcalint.toml")).unwrap(), "fail-on = \"note\"");
}

#[cfg(unix)]
#[test]
fn init_does_not_follow_links() {
    let (folder, elsewhere) = (Folder::new(), Folder::new());
    let target = elsewhere.path().join("new.toml");
    std::os::unix::fs::symlink(&target, folder.path().join("rcalint.toml")).unwrap();
    folder.run(&["init"]).fails("rcalint.toml: already exists; nothing was written");
    assert!(!target.exists());
}

#[test]
fn every_setting_that_init_shows_is_valid() {
    let folder = Folder::with(&all_in_force());
    let run = folder.run(&["lexicon", "check"]).code(0);
    assert_eq!(run.out, "rcalint.toml: loads; 5 examples tested, all pass\n");
    folder.write("incidents/incident.md", postmortem("The outage was a butterfingers moment."));
    folder.write("rcalint-baseline.toml", "version = 1\n");
    let json = folder.run(&["--format", "json"]).code(1).json();
    assert_eq!(json["documents"][0]["verdict"], "start-over");
}

#[test]
fn init_shows_every_key_of_the_schema() {
    let text = all_in_force();
    let template: toml::Table = text.parse().unwrap();
    let schema: Value = serde_json::from_str(&Folder::new().run(&["config", "schema"]).code(0).out).unwrap();
    for key in schema["properties"].as_object().unwrap().keys() {
        assert!(template.contains_key(key), "init does not show `{key}`");
    }
}

#[test]
fn output_of_init_is_as_expected() {
    insta::assert_snapshot!("init", template());
    insta::assert_snapshot!("init_next", Folder::new().run(&["init"]).out);
}

#[test]
fn the_page_and_the_example_show_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/configuration.md")).unwrap();
    let blocks = page.split("```toml\n").skip(1).map(|block| block.split("```").next().unwrap());
    let shown: Vec<&str> = blocks.flat_map(str::lines).filter(|line| !line.is_empty()).collect();
    let example = fs::read_to_string(root.join("examples/team.toml")).unwrap();
    let lines: Vec<&str> =
        example.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert_eq!(shown, lines);
}

#[test]
fn config_shows_effective_settings_and_their_origins() {
    let folder = Folder::with(
        "\
exclude = [\"templates/\"]

[rules]
hindsight = \"off\"

[actors]
software = [
    \"Atlas\",
    \"deploybot\",
]
",
    );
    insta::assert_snapshot!("config", folder.run(&["config", "--fail-on", "warning"]).code(0).out);
    insta::assert_snapshot!("config_none", Folder::new().run(&["config"]).code(0).out);
}

#[test]
fn config_can_be_printed_as_json() {
    let folder = Folder::with("[actors]\nsoftware = [\"Atlas\"]");
    let json = folder.run(&["config", "--format", "json", "--fail-on", "never"]).code(0).json();
    assert_eq!(json["file"], "rcalint.toml");
    let setting = |key: &str| {
        json["settings"].as_array().unwrap().iter().find(|one| one["key"] == key).unwrap().clone()
    };
    assert_eq!(setting("fail-on")["from"], "command-line");
    assert_eq!(setting("rules.hindsight")["from"], "default");
    let place = serde_json::json!({"file": {"path": "rcalint.toml", "line": 2}});
    assert_eq!(setting("actors.software")["from"], place);
    assert_eq!(setting("actors.software")["value"], "Atlas");
}

#[test]
fn the_schema_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicon/rcalint.schema.json");
    let schema = rcalint::config::schema();
    if std::env::var("RCALINT_NORMALISE").is_ok() {
        fs::write(&path, &schema).unwrap();
    }
    let stored = fs::read_to_string(&path).unwrap_or_default();
    assert!(stored == schema, "not current; this updates it: RCALINT_NORMALISE=1 cargo test --test config");
    assert_eq!(Folder::new().run(&["config", "schema"]).code(0).out, schema);
}

#[test]
fn the_schema_explains_every_key() {
    let schema: Value = serde_json::from_str(&rcalint::config::schema()).unwrap();
    let mut silent = Vec::new();
    let types = schema["$defs"].as_object().unwrap().iter().map(|(name, one)| (name.as_str(), one));
    for (name, one) in types.chain([("rcalint.toml", &schema)]) {
        for (key, property) in one["properties"].as_object().into_iter().flatten() {
            if property["description"].as_str().unwrap_or_default().is_empty() {
                silent.push(format!("{name}.{key}"));
            }
        }
    }
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn a_factor_is_explained_with_references() {
    let folder = Folder::new();
    let text = folder.run(&["explain", "hand-over"]).code(0).out;
    for part in ["hand-over (a factor of human)", "Counts as examined:", "References:"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(folder.run(&["explain", "human/hand-over"]).code(0).out, text);
    let run = folder.run(&["explain", "hand-ovr"]).code(2);
    assert!(run.err.contains("did you mean `hand-over`?"), "{}", run.err);
}

#[test]
fn every_rule_bucket_and_factor_has_references() {
    for rule in &rcalint::lexicon::Lexicon::embedded().rules {
        let text = Folder::new().run(&["explain", &rule.id]).code(0).out;
        assert!(text.contains("References:") && text.contains("Instead: "), "{text}");
    }
}
