import DomainContracts

/// Which bytes of a file are asked for (RFC 9110 §14). Players ask for parts of a film, and so does who goes on with a download
/// that broke.
struct FilePart: Equatable {
    let range: Range<Int>
    let isWhole: Bool

    /// - Parameters:
    ///   - bytes: of the whole file, at least 1.
    ///   - tag: the file's entity tag, in its quotes.
    /// - Throws: a refusal when the file ends before the part begins. What asks for no single part, or a part of another
    ///   version, gets the whole.
    init(_ exchange: Exchange, of bytes: Int, tag: String) throws(DoorRefusal) {
        let isSame = exchange.header("If-Range").map { $0 == tag } ?? true
        guard isSame, let asked = exchange.header("Range").flatMap(Self.part) else {
            (range, isWhole) = (0..<bytes, true)
            return
        }
        isWhole = false
        switch asked {
        case .last(let count):
            guard count > 0 else { throw .noSuchPart(of: bytes) }
            range = max(0, bytes - count)..<bytes
        case .from(let first, let last):
            guard first < bytes else { throw .noSuchPart(of: bytes) }
            range = first..<min(last ?? bytes - 1, bytes - 1) + 1
        }
    }

    private enum Asked {
        case from(Int, through: Int?)
        case last(Int)
    }

    private static func part(_ header: String) -> Asked? {
        guard header.hasPrefix("bytes=") else { return nil }
        let ends = header.dropFirst("bytes=".count).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
            return nil
        }
        switch (Int(ends[0]), Int(ends[1])) {
        case (nil, nil): return nil
        case (nil, let count?): return ends[0].isEmpty ? .last(count) : nil
        case (let first?, nil): return ends[1].isEmpty ? .from(first, through: nil) : nil
        case (let first?, let last?): return first <= last ? .from(first, through: last) : nil
        }
    }
}

extension DoorRefusal {
    fileprivate static func noSuchPart(of bytes: Int) -> DoorRefusal {
        DoorRefusal(
            problem: Problem(
                code: "range-not-satisfiable", title: "The file has no such part", detail: "it has \(bytes) bytes",
                status: 416),
            headers: ["Content-Range": "bytes */\(bytes)"])
    }
}
