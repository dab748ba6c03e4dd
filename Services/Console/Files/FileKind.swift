import Foundation

/// The kinds of files that people send about a fault, and how each begins: what somebody says of a file is believed only when the
/// file says so too.
enum FileKind {
    /// By media type: whether the first bytes are of this kind.
    private static let beginnings: [String: @Sendable (Data) -> Bool] = [
        "image/jpeg": { $0.starts(with: [0xff, 0xd8, 0xff]) },
        "image/png": { $0.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
        "image/gif": { $0.starts(with: "GIF8") },
        "image/webp": { $0.starts(with: "RIFF") && $0.holds("WEBP", at: 8) },
        "image/heic": { $0.isMedia(of: ["heic", "heix", "hevc", "mif1", "msf1"]) },
        "image/heif": { $0.isMedia(of: ["heic", "heix", "hevc", "mif1", "msf1"]) },
        "video/mp4": { $0.isMedia() },
        "video/quicktime": { $0.isMedia() },
        "audio/mp4": { $0.isMedia() },
        "audio/amr": { $0.starts(with: "#!AMR") },
        "audio/mpeg": { $0.starts(with: "ID3") || $0.count > 1 && $0[0] == 0xff && $0[1] & 0xe0 == 0xe0 },
        "audio/ogg": { $0.starts(with: "OggS") },
        "audio/wav": { $0.starts(with: "RIFF") && $0.holds("WAVE", at: 8) },
        "application/pdf": { $0.starts(with: "%PDF-") },
    ]

    /// Media types that are taken.
    static let taken = beginnings.keys.sorted()

    /// Bytes of a file that tell its kind.
    static let telling = 16

    /// Whether a file that begins so is what it is said to be.
    ///
    /// - Parameter beginning: its first `telling` bytes, or all of it.
    static func holds(_ mediaType: String, _ beginning: Data) -> Bool {
        beginnings[mediaType].map { $0(Data(beginning)) } ?? false
    }

    /// Pictures and documents are shown by browsers; what else there is, they save.
    static func isShown(_ mediaType: String) -> Bool { mediaType.hasPrefix("image/") || mediaType == "application/pdf" }
}

extension Data {
    fileprivate func starts(with text: String) -> Bool { starts(with: Array(text.utf8)) }

    fileprivate func holds(_ text: String, at offset: Int) -> Bool { dropFirst(offset).starts(with: Array(text.utf8)) }

    /// ISO base media: a box `ftyp` with its major brand.
    fileprivate func isMedia(of brands: [String]? = nil) -> Bool {
        guard holds("ftyp", at: 4) else { return false }
        return brands.map { $0.contains { holds($0, at: 8) } } ?? true
    }
}
