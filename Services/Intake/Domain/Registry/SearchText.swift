import DomainContracts

/// What people write and what stands on labels, cut into what a search compares: without case, width or punctuation.
/// Han, kana and Hangul are written without blanks, and are runs of their own.
struct SearchText {
    /// A stretch of letters and digits of one kind.
    struct Run: Equatable {
        /// Lowercased.
        var characters: [Character]
        let isIdeographic: Bool

        var text: String { String(characters) }
    }

    /// The runs, in chunks that blanks keep apart: `AC-2024` is one chunk of two runs.
    let chunks: [[Run]]

    init(_ text: String) {
        var chunks: [[Run]] = []
        var chunk: [Run] = []
        var isOpen = false
        for scalar in text.lowercased().unicodeScalars {
            let scalar = Self.halfWidth(scalar)
            if scalar.properties.isWhitespace {
                if !chunk.isEmpty { chunks.append(chunk) }
                chunk = []
                isOpen = false
            } else if scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal {
                let isIdeographic = Self.isIdeographic(scalar)
                if isOpen, let last = chunk.indices.last, chunk[last].isIdeographic == isIdeographic {
                    chunk[last].characters.append(Character(scalar))
                } else {
                    chunk.append(Run(characters: [Character(scalar)], isIdeographic: isIdeographic))
                }
                isOpen = true
            } else {
                isOpen = false
            }
        }
        if !chunk.isEmpty { chunks.append(chunk) }
        self.chunks = chunks
    }

    /// Everything in one, as labels are compared: `AC-2024 000917` and `ac2024000917` are the same.
    var joined: String { String(chunks.joined().flatMap(\.characters)) }

    private static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xff21...0xff3a: Unicode.Scalar(scalar.value - 0xff21 + 0x61) ?? scalar
        case 0xff01...0xff5e: Unicode.Scalar(scalar.value - 0xfee0) ?? scalar
        case 0x3000: " "
        default: scalar
        }
    }

    private static func isIdeographic(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3040...0x30ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xac00...0xd7af, 0xf900...0xfaff, 0x20000...0x323af:
            true
        default: false
        }
    }
}
