import DomainContracts
import Foundation
import ServiceKit

/// A file that was taken: `dataref`, `mediaType` and `sha256` go into a report's or message's `attachments`.
public struct TakenAttachment: Codable, Sendable, Equatable {
    public var dataref: String
    public var mediaType: String
    /// Of the file, 64 hexadecimal digits.
    public var sha256: String
    public var bytes: Int
    /// `/v1/files/<link>`: shows it to whoever has the link, for an hour.
    public var link: String
}

/// Files from outside: taken, and shown by links that end.
struct AttachmentDesk: Sendable {
    /// Nil where nobody said where to keep files.
    let store: (any AttachmentStore)?
    let links: LinkSigner
    let mostBytes: Int
    /// Of people whom nobody knows.
    var budget = UploadBudget.none
    /// Real time, which links end by.
    var now: @Sendable () -> Date = { Date() }

    /// How long a link holds, seconds.
    static let linkLife: TimeInterval = 3_600
    private static let purpose: SignedLink.Purpose = "attachment"

    /// - Throws: a problem where there is none.
    fileprivate func open() throws -> any AttachmentStore {
        guard let store else {
            throw Problem(
                code: "attachments-off", title: "Files are not taken here",
                detail: "neither MENDLOOP_ATTACHMENTS nor MENDLOOP_ATTACHMENTS_BUCKET is set", status: 503)
        }
        return store
    }

    fileprivate func taken(_ attachment: StoredAttachment) -> TakenAttachment {
        let link = links.token(
            for: SignedLink(
                purpose: Self.purpose, subject: "attachment/\(attachment.sha256)", expires: now() + Self.linkLife))
        return TakenAttachment(
            dataref: "urn:mendloop:attachment:\(attachment.sha256)", mediaType: attachment.mediaType,
            sha256: attachment.sha256, bytes: attachment.bytes, link: "/v1/files/\(link)")
    }

    /// The hash of the file that a link shows; nil when it shows none.
    fileprivate func hash(in link: String) -> String? {
        let signed = try? links.verify(link, for: Self.purpose, at: now())
        return signed?.subject.split(separator: "/").last.map(String.init)
    }
}

extension Route {
    static func attachments(_ desk: AttachmentDesk, for roles: Set<Role>) -> [Route] {
        [upload(desk), look(desk, for: roles), file(desk)]
    }

    /// `POST /v1/attachments`: a photo, film, voice message or document as the body, as what `Content-Type` says.
    private static func upload(_ desk: AttachmentDesk) -> Route {
        Route(
            method: "POST", path: "/v1/attachments", access: .everybody, scope: .open, input: .file, takes: "",
            gives: "\(TakenAttachment.self)", isCommand: false
        ) { call in
            let type = call.exchange.header("Content-Type") ?? ""
            let mediaType = type.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
            let upload = Upload(
                store: try desk.open(), mostBytes: desk.mostBytes, counts: try desk.budget.begin(call))
            return try .json(
                desk.taken(try await upload.take(call.incoming, mediaType: mediaType, at: desk.now())))
        }
    }

    /// `GET /v1/attachments/{sha256}`: what is kept, with a new link to it.
    private static func look(_ desk: AttachmentDesk, for roles: Set<Role>) -> Route {
        Route(
            method: "GET", path: "/v1/attachments/{sha256}", access: .roles(roles), scope: .company, input: .path,
            takes: "",
            gives: "\(TakenAttachment.self)", isCommand: false
        ) { call in
            guard let hash = call.parameters["sha256"], let found = try await desk.open().find(hash) else {
                throw DoorRefusal.notFound
            }
            return try .json(desk.taken(found))
        }
    }

    /// `GET /v1/files/{link}`: the file itself, for whoever has a link that has not ended.
    private static func file(_ desk: AttachmentDesk) -> Route {
        Route(
            method: "GET", path: "/v1/files/{link}", access: .everybody, scope: .open, input: .path, takes: "",
            gives: Route.aFile,
            isCommand: false
        ) { call in
            let store = try desk.open()
            guard let hash = call.parameters["link"].flatMap(desk.hash(in:)), let found = try await store.find(hash)
            else { throw DoorRefusal.notFound }
            let tag = "\"\(hash)\""
            if call.exchange.knows(tag) { return .unchanged(tag) }
            let part = try FilePart(call.exchange, of: found.bytes, tag: tag)
            return .file(try await store.open(found, part.range), part, of: found, tag: tag)
        }
    }
}

extension Answer {
    /// Nothing in it runs, whatever it holds.
    fileprivate static func file(
        _ handle: FileHandle, _ part: FilePart, of attachment: StoredAttachment, tag: String
    ) -> Answer {
        var headers = [
            "ETag": tag, "Accept-Ranges": "bytes", "Content-Security-Policy": "default-src 'none'; sandbox",
            "Content-Disposition": FileKind.isShown(attachment.mediaType) ? "inline" : "attachment",
        ]
        let range = part.range
        if !part.isWhole {
            headers["Content-Range"] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(attachment.bytes)"
        }
        return Answer(
            status: part.isWhole ? 200 : 206, headers: headers, contentType: attachment.mediaType,
            content: .file(handle, count: range.count))
    }
}
