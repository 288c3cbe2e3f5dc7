//! Creates a ZIP archive of uncompressed members with any names and modes.

/// One member: name, kind and permissions as in Unix, and bytes.
pub(super) struct Member<'m> {
    pub(super) name: &'m str,
    pub(super) mode: u32,
    pub(super) bytes: &'m [u8],
}

/// Returns the archive as bytes.
pub(super) fn archive(members: &[Member<'_>]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for member in members {
        let at = length(&file);
        let about = about(member);
        file.extend([b"PK\x03\x04".as_slice(), &20_u16.to_le_bytes(), &about].concat());
        file.extend([member.name.as_bytes(), member.bytes].concat());
        let made_by_unix = [20, 3]; // version 2.0
        directory.extend([b"PK\x01\x02".as_slice(), made_by_unix.as_slice(), &[20, 0], &about].concat());
        directory.extend([0; 6]); // no comment, first disk, no kind of text
        directory.extend((member.mode << 16).to_le_bytes());
        directory.extend([&at.to_le_bytes(), member.name.as_bytes()].concat());
    }
    let count = u16::try_from(members.len()).unwrap().to_le_bytes();
    let (size, at) = (length(&directory).to_le_bytes(), length(&file).to_le_bytes());
    let end = [b"PK\x05\x06".as_slice(), &[0; 4], &count, &count, &size, &at, &[0; 2]].concat();
    [file, directory, end].concat()
}

/// Returns the fields common to both headers of a member: flags, method, time, checksum, sizes, and the lengths of the
/// name and of the empty extra field.
fn about(member: &Member<'_>) -> Vec<u8> {
    let size = length(member.bytes).to_le_bytes();
    let name = u16::try_from(member.name.len()).unwrap().to_le_bytes();
    [[0; 6].as_slice(), &[0x21, 0], &checksum(member.bytes).to_le_bytes(), &size, &size, &name, &[0; 2]]
        .concat()
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap()
}

/// Returns the CRC-32 checksum used in ZIP.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 };
    !bytes.iter().fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}
