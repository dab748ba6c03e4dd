import DomainContracts

/// What people write and what stands on labels, cut into what a search compares: without case, width or punctuation.
/// Han, kana and Hangul are written without blanks, and are runs of their own.
struct SearchText {
    /// A stretch of letters and digits of one kind.
    struct Run: Equatable {
        /// Lowercased.
        var scalars: [Unicode.Scalar]
        let isIdeographic: Bool

        var text: String { String(scalars) }
    }

    /// The runs, in chunks that blanks keep apart: `AC-2024` is one chunk of two runs.
    let chunks: [[Run]]

    init(_ text: String) {
        var chunks: [[Run]] = []
        var chunk: [Run] = []
        var isOpen = false
        for scalar in text.lowercased().unicodeScalars {
            let scalar = Self.halfWidth(scalar)
            let kind = Kind(scalar)
            if kind == .blank {
                if !chunk.isEmpty { chunks.append(chunk) }
                chunk = []
                isOpen = false
            } else if kind != .mark {
                let isIdeographic = kind == .ideograph
                if isOpen, let last = chunk.indices.last, chunk[last].isIdeographic == isIdeographic {
                    chunk[last].scalars.append(scalar)
                } else {
                    chunk.append(Run(scalars: [scalar], isIdeographic: isIdeographic))
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
    var joined: String { String(chunks.joined().flatMap(\.scalars)) }

    private static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xff21...0xff3a: Unicode.Scalar(scalar.value - 0xff21 + 0x61) ?? scalar
        case 0xff01...0xff5e: Unicode.Scalar(scalar.value - 0xfee0) ?? scalar
        case 0x3000: " "
        default: scalar
        }
    }

    private enum Kind {
        case blank, mark, letter, ideograph

        /// What is common is told by its number; the tables of Unicode are asked for the rest.
        init(_ scalar: Unicode.Scalar) {
            switch scalar.value {
            case 0x61...0x7a, 0x30...0x39, 0x41...0x5a: self = .letter
            case 0x09...0x0d, 0x20: self = .blank
            case 0...0x7f: self = .mark
            case 0x3040...0x30ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xac00...0xd7af, 0xf900...0xfaff, 0x20000...0x323af:
                self = .ideograph
            default:
                let properties = scalar.properties
                self =
                    properties.isWhitespace
                    ? .blank : properties.isAlphabetic || properties.numericType == .decimal ? .letter : .mark
            }
        }
    }
}

extension String {
    init(_ scalars: some Sequence<Unicode.Scalar>) {
        var view = UnicodeScalarView()
        view.append(contentsOf: scalars)
        self.init(view)
    }
}
