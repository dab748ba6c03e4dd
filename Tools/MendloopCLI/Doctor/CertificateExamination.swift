import DomainContracts
import Foundation

/// A certificate by which a server shows who it is, and when it ends.
struct CertificateExamination {
    /// Where they are made, and where containers have them.
    static let usualFolders = ["deploy/tls/certificates", "/etc/mendloop"]
    /// Time enough to ask somebody for a new one.
    static let soon: TimeInterval = 30 * 86_400
    static let atOnce: TimeInterval = 7 * 86_400

    let path: String
    /// Nil where that cannot be read out of it.
    let ends: Date?
    let now: Date

    /// Of all files of a folder that hold certificates, the first to end of each.
    static func all(in folders: [String], now: Date = Date()) -> [CertificateExamination] {
        folders.flatMap { folder -> [CertificateExamination] in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.sorted().compactMap { name -> CertificateExamination? in
                let path = "\(folder)/\(name)"
                guard name.hasSuffix(".pem"), let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                    return nil
                }
                let ends = CertificateEnd.all(inPEM: text)
                guard !ends.isEmpty else { return nil }
                let known = ends.compactMap(\.self)
                return CertificateExamination(path: path, ends: known.count == ends.count ? known.min() : nil, now: now)
            }
        }
    }

    var finding: DoctorReport.Finding {
        let remedy =
            "deploy/tls/new-certificates --renew, or one from whoever issued it; then docker-compose restart postgres rabbitmq"
        guard let ends else {
            return .unseen(
                "certificates", "when \(path) ends cannot be read out of it", "openssl x509 -enddate -in \(path)")
        }
        let left = ends.timeIntervalSince(now)
        let day = RFC3339.format(ends).prefix(10)
        if left <= 0 { return .wrong("certificates", "\(path) ended on \(day): nobody believes it", remedy) }
        let what = "\(path) ends on \(day), in \(Int(left / 86_400)) days"
        if left < Self.atOnce { return .wrong("certificates", what, remedy) }
        return left < Self.soon ? .doubtful("certificates", what, remedy) : .well("certificates", what)
    }
}

/// When certificates end: the one thing that is read out of them here (RFC 5280, 4.1.2.5).
enum CertificateEnd {
    /// One for each certificate of a PEM file; nil for one that is not understood. Keys are passed over.
    static func all(inPEM text: String) -> [Date?] {
        text.components(separatedBy: "-----BEGIN CERTIFICATE-----").dropFirst().map { part in
            guard let body = part.components(separatedBy: "-----END").first,
                let data = Data(base64Encoded: body.filter { !$0.isWhitespace })
            else { return nil }
            return end(inDER: Array(data))
        }
    }

    /// A certificate is its signed part and the signature; in the signed part stand, after a version that may be missing: number,
    /// algorithm, issuer, and the two ends of its life.
    static func end(inDER bytes: [UInt8]) -> Date? {
        var whole = DERFields(bytes[...])
        guard var certificate = whole.next(0x30).map(DERFields.init),
            var signed = certificate.next(0x30).map(DERFields.init)
        else { return nil }
        _ = signed.next(0xa0)
        for tag: UInt8 in [0x02, 0x30, 0x30] where signed.next(tag) == nil { return nil }
        guard var life = signed.next(0x30).map(DERFields.init), life.next(0x17) ?? life.next(0x18) != nil else {
            return nil
        }
        if let short = life.next(0x17) {
            // Two digits of a year before 2050.
            let text = String(decoding: short, as: UTF8.self)
            return date((text < "5" ? "20" : "19") + text)
        }
        return life.next(0x18).flatMap { date(String(decoding: $0, as: UTF8.self)) }
    }

    /// `20281129041705Z`
    private static func date(_ text: String) -> Date? {
        guard let parts = text.wholeMatch(of: /(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z/) else { return nil }
        return RFC3339.parse("\(parts.1)-\(parts.2)-\(parts.3)T\(parts.4):\(parts.5):\(parts.6)Z")
    }
}

/// Fields of DER, one behind the other.
private struct DERFields {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// The content of the next field; nil, and nothing is passed over, where that has another tag or is cut off.
    mutating func next(_ tag: UInt8) -> ArraySlice<UInt8>? {
        var bytes = rest
        guard bytes.popFirst() == tag, let first = bytes.popFirst() else { return nil }
        var length = Int(first)
        if first >= 0x80 {
            let count = Int(first & 0x7f)
            guard (1...4).contains(count), bytes.count >= count else { return nil }
            length = bytes.prefix(count).reduce(0) { $0 << 8 | Int($1) }
            bytes = bytes.dropFirst(count)
        }
        guard bytes.count >= length else { return nil }
        rest = bytes.dropFirst(length)
        return bytes.prefix(length)
    }
}
