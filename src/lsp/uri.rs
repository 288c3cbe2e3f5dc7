//! Addresses of files, as the protocol writes them.

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::source;

/// What is encoded in a path: all but what RFC 3986 leaves as it is, and the separator.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Returns the path of a file on this machine; `None` for any other address.
pub(crate) fn to_path(uri: &Uri) -> Option<PathBuf> {
    let path = uri.0.strip_prefix("file://")?;
    let path = path.strip_prefix("localhost").unwrap_or(path);
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let drive = path.get(1..).filter(|_| cfg!(windows) && path.as_bytes().get(2) == Some(&b':'));
    let path = PathBuf::from(drive.unwrap_or(&path));
    path.is_absolute().then(|| source::normalised(&path))
}

/// Returns the address of a file, given its absolute path.
pub(crate) fn from_path(path: &Path) -> Uri {
    let path = source::shown(path);
    let root = if path.starts_with('/') { "" } else { "/" };
    Uri(format!("file://{root}{}", utf8_percent_encode(&path, ENCODED)))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn paths_become_addresses_and_back() {
        let uri = from_path(Path::new("/srv/a b/caf\u{e9}.md"));
        assert_eq!(uri.0, "file:///srv/a%20b/caf%C3%A9.md");
        assert_eq!(to_path(&uri).unwrap(), Path::new("/srv/a b/caf\u{e9}.md"));
    }

    #[test]
    fn other_addresses_have_no_path() {
        for uri in ["untitled:Untitled-1", "https://example.com/a.md", "file://host/a.md", "file:///%ff", ""]
        {
            assert_eq!(to_path(&Uri(uri.to_owned())), None, "{uri}");
        }
        assert_eq!(to_path(&Uri("file:///a/../b%20c".to_owned())).unwrap(), Path::new("/b c"));
    }
}
