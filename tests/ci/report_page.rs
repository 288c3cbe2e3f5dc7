//! The workflow and the job that publish a page about all postmortems. Their scripts run here, with a release whose program is
//! that of this test, and with a `curl` that reads it from a folder.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::program::without_reader;
use super::scene::BLAMES;
use super::{repository, require};

/// A workflow or job, its shell, and the beginning of the links on the page.
struct Publisher {
    file: &'static str,
    shell: &'static str,
    links: &'static str,
}

const PUBLISHERS: [Publisher; 2] = [
    Publisher {
        file: "examples/ci/github-report.yml",
        shell: "bash",
        links: "https://forge.example/team/incidents/blob/abc123/postmortems/",
    },
    Publisher {
        file: "examples/ci/gitlab-report.yml",
        shell: "sh",
        links: "https://forge.example/team/incidents/-/blob/abc123/postmortems/",
    },
];

/// Writes the file that a URL ends with to standard output, or to the file after `--output`.
const CURL: &str = "#!/bin/sh
while [ $# -gt 0 ]; do
  case $1 in --output) out=$2; shift ;; https://*) url=$1 ;; esac
  shift
done
cat \"$DOWNLOADS/${url##*/}\" >\"${out:-/dev/stdout}\"
";

/// A folder with postmortems, a release, and stand-ins for programs of the runner.
struct Site {
    folder: TempDir,
}

impl Site {
    fn new(publisher: &Publisher) -> Self {
        let site = Self { folder: tempfile::tempdir().unwrap() };
        site.write("repository/postmortems/orders outage.md", BLAMES);
        site.program("bin/curl", CURL);
        site.program("bin/apk", "#!/bin/sh\n");
        let program = env!("CARGO_BIN_EXE_rcalint");
        site.program("rcalint", &format!("#!/bin/sh\nexec '{program}' \"$@\"\n"));
        fs::create_dir(site.path("opt")).unwrap();
        let name = value(publisher, "RCALINT_NAME");
        let target = name.strip_prefix("rcalint-").unwrap().split("-v").next().unwrap();
        let mut pack = Command::new(repository().join("ci/package.sh"));
        let output = pack.arg(site.path("rcalint")).arg(target).arg(site.path("downloads")).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        site
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn program(&self, name: &str, text: &str) {
        self.write(name, text);
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Runs the scripts of a publisher. Returns the page, if all of them succeeded, or else what they printed.
    fn publish(&self, publisher: &Publisher, checksum: &str) -> Result<String, String> {
        let path = format!("{}:{}", self.path("bin").display(), std::env::var("PATH").unwrap());
        for script in self.scripts(publisher) {
            let mut shell = Command::new(publisher.shell);
            without_reader(&mut shell).current_dir(self.path("repository")).args(["-c", &script]);
            shell.env("PATH", &path).env("DOWNLOADS", self.path("downloads"));
            shell.env("RUNNER_TEMP", self.path("opt")).env("RCALINT_SHA256", checksum).env("LC_ALL", "C");
            for name in ["RCALINT_RELEASES", "RCALINT_NAME"] {
                shell.env(name, value(publisher, name));
            }
            shell
                .env("GITHUB_SERVER_URL", "https://forge.example")
                .env("GITHUB_REPOSITORY", "team/incidents");
            shell.env("GITHUB_SHA", "abc123").env("CI_COMMIT_SHA", "abc123");
            shell.env("CI_PROJECT_URL", "https://forge.example/team/incidents");
            let output = shell.output().unwrap();
            if !output.status.success() {
                return Err(String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned());
            }
        }
        Ok(fs::read_to_string(self.path("repository/public/index.html")).unwrap())
    }

    /// Returns the scripts in order: the steps of GitHub, or those of GitLab as one, which is how it runs them.
    fn scripts(&self, publisher: &Publisher) -> Vec<String> {
        let folder = self.path("scripts");
        fs::create_dir_all(&folder).unwrap();
        let mut extract = Command::new("python3");
        extract.arg(repository().join("tests/support/run_blocks.py")).arg(&folder).arg(publisher.file);
        assert!(extract.current_dir(repository()).status().unwrap().success());
        let mut names: Vec<PathBuf> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.sort();
        let read = |name: &PathBuf| fs::read_to_string(name).unwrap();
        let scripts: Vec<String> = names.iter().map(read).collect();
        let is_gitlab = publisher.file.contains("gitlab");
        if is_gitlab { vec![self.without_opt(&scripts.join("\n"))] } else { scripts }
    }

    /// Returns a script that uses a folder of this test instead of `/opt`.
    fn without_opt(&self, script: &str) -> String {
        assert!(script.contains("/opt"));
        script.replace("/opt", self.path("opt").to_str().unwrap())
    }
}

/// Returns the value of a variable in the file of a publisher.
fn value(publisher: &Publisher, name: &str) -> String {
    let text = fs::read_to_string(repository().join(publisher.file)).unwrap();
    let key = format!("{name}: ");
    text.lines().find_map(|line| line.trim().strip_prefix(&key)).unwrap().to_owned()
}

/// True if the scripts can run; `PyYAML`, which extracts them, comes with `check-jsonschema`.
#[track_caller]
fn can_publish() -> bool {
    require(&["bash", "tar", "sha256sum", "python3", "check-jsonschema"]) && Path::new("/dev/stdout").exists()
}

#[test]
fn the_page_is_written_with_links_to_the_postmortems() {
    if !can_publish() {
        return;
    }
    for publisher in PUBLISHERS {
        let page = Site::new(&publisher).publish(&publisher, "").unwrap();
        assert!(page.contains(&format!("href=\"{}orders%20outage.md", publisher.links)), "{page}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_listed_on_the_page() {
    if !can_publish() {
        return;
    }
    for publisher in PUBLISHERS {
        let site = Site::new(&publisher);
        site.write("repository/postmortems/scan.md", b"\x89PNG\0");
        let page = site.publish(&publisher, "").unwrap();
        assert!(page.contains("scan.md") && page.contains("orders outage.md"), "{page}");
    }
}

#[test]
fn without_postmortems_or_with_a_wrong_checksum_no_page_is_published() {
    if !can_publish() {
        return;
    }
    for publisher in PUBLISHERS {
        let site = Site::new(&publisher);
        let said = site.publish(&publisher, &"0".repeat(64)).expect_err("a wrong checksum");
        assert!(said.contains("FAILED"), "{said}");
        fs::remove_dir_all(site.path("repository/postmortems")).unwrap();
        let said = site.publish(&publisher, "").expect_err("no postmortems");
        assert!(said.contains("postmortems") && said.contains("No such file or directory"), "{said}");
    }
}
