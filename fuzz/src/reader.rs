//! The reader: any bytes are refused as weights or give a reader, and every reader gives evidence about any text.

use std::sync::OnceLock;

use rcalint::reader::{Evidence, Reader, SentenceInContext};

/// Numbers in the state of a piece, and pieces in a window.
const WIDTH: usize = 384;
const POSITIONS: usize = 128;
/// Width of the inner layer.
const INNER: usize = 64;
/// Numbers that share a scale.
const GROUP: usize = 64;
/// Outputs for each sentence: the names in the header, and three without a name.
const OUTPUTS: usize = 8;
/// Sums over a document, and numbers in each.
const VIEWS: usize = 2;
const FEATURES: usize = 16;
/// Outputs for each document: its questions, then its buckets.
const OUTPUTS_OF_DOCUMENT: usize = 2;
const HEADER: &str = r#"{"layers":1,"pieces":10,"inner":64,"views":2,"features":16,"rules":["r"],"heads":["h","i"],"buckets":["b"],"tiers":["t"],"questions":["q"]}"#;
const PIECES: [&str; 10] = ["[UNK]", "[CLS]", "[SEP]", "we", "forgot", "it", ".", "a", "##a", "\u{4e8b}"];

/// Reads the bytes as a file of weights, then as changes to a small file of weights, a byte `0xff`, and sentences.
pub fn check(bytes: &[u8]) {
    if let Ok(reader) = Reader::from_bytes(bytes) {
        assert_reads(&reader, "We forgot it.\nA");
    }
    let (changes, text) = split(bytes);
    let text = String::from_utf8_lossy(text);
    match Reader::from_bytes(&changed(changes)) {
        Ok(reader) => {
            assert_reads(&reader, &text);
        }
        Err(why) => assert!(!why.to_string().is_empty()),
    }
    assert_reads(small(), &text);
}

/// Returns the reader with the small weights, loaded once.
pub fn small() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| Reader::from_bytes(&small_weights()).unwrap_or_else(|why| panic!("{why}")))
}

/// Reads each line as a sentence. A line with a number sign is also a heading.
pub fn assert_reads(reader: &Reader, text: &str) -> Vec<Evidence> {
    let mut heading = "";
    let mut sentences = Vec::new();
    for line in text.split('\n') {
        heading = line.strip_prefix('#').unwrap_or(heading);
        sentences.push(SentenceInContext { text: line, role: heading.get(..4).unwrap_or("a-role"), heading });
    }
    let (evidence, document) = reader.read(&sentences);
    assert_eq!(evidence.len(), sentences.len());
    assert_eq!(document.questions.len(), reader.names().questions.len());
    assert_eq!(document.buckets.len(), reader.names().buckets.len());
    for (evidence, sentence) in evidence.iter().zip(&sentences) {
        let names = reader.names();
        assert_eq!(evidence.rules.len(), names.rules.len());
        assert_eq!(evidence.heads.len(), names.heads.len());
        assert_eq!(evidence.buckets.len(), names.buckets.len());
        assert_eq!(evidence.tiers.len(), names.tiers.len());
        let words = evidence.words.clone().map(|words| sentence.text.get(words));
        assert!(words.is_none_or(|words| words.is_some_and(|words| !words.is_empty())));
    }
    evidence
}

fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.iter().position(|&byte| byte == 0xff) {
        Some(at) => (&bytes[..at], &bytes[at + 1..]),
        None => (&[], bytes),
    }
}

/// Returns the small weights with changes of four bytes each: a place, and the new value.
fn changed(changes: &[u8]) -> Vec<u8> {
    static WEIGHTS: OnceLock<Vec<u8>> = OnceLock::new();
    let mut weights = WEIGHTS.get_or_init(small_weights).clone();
    for change in changes.chunks_exact(4) {
        let place = u32::from_le_bytes([change[0], change[1], change[2], 0]) as usize % weights.len();
        weights[place] = change[3];
    }
    weights
}

/// Returns a whole file of weights with one small layer.
pub fn small_weights() -> Vec<u8> {
    let mut file = File { bytes: b"RCAREAD2".to_vec(), state: 1 };
    file.block(HEADER);
    file.block(&PIECES.join("\n"));
    file.matrix(WIDTH * PIECES.len());
    file.halves(POSITIONS * WIDTH);
    file.floats(2 * WIDTH);
    for (inputs, outputs, norms) in
        [(WIDTH, 3 * WIDTH, 0), (WIDTH, WIDTH, 2), (WIDTH, INNER, 0), (INNER, WIDTH, 2)]
    {
        file.matrix(inputs * outputs);
        file.floats(outputs + norms * WIDTH);
    }
    file.floats(WIDTH + 1);
    file.floats(OUTPUTS * (2 * WIDTH + 1));
    file.floats((VIEWS + FEATURES) * (2 * WIDTH + 1));
    file.floats(OUTPUTS_OF_DOCUMENT * (VIEWS * FEATURES + 1));
    file.bytes
}

/// A file of weights that is being written, and the state of its random numbers.
struct File {
    bytes: Vec<u8>,
    state: u32,
}

impl File {
    fn block(&mut self, text: &str) {
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.bytes.extend(length.to_le_bytes());
        self.bytes.extend(text.as_bytes());
    }

    fn matrix(&mut self, count: usize) {
        for _ in 0..count / 2 {
            let byte = self.random();
            self.bytes.push(byte);
        }
        self.halves(count / GROUP);
    }

    fn halves(&mut self, count: usize) {
        for _ in 0..count {
            let number = self.number().to_le_bytes();
            self.bytes.extend(&number[2..]);
        }
    }

    fn floats(&mut self, count: usize) {
        for _ in 0..count {
            let number = self.number().to_le_bytes();
            self.bytes.extend(number);
        }
    }

    /// Returns a number between -0.1 and 0.1.
    fn number(&mut self) -> f32 {
        (f32::from(self.random()) - 127.5) / 1275.0
    }

    fn random(&mut self) -> u8 {
        self.state = self.state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.state.to_be_bytes()[0]
    }
}
