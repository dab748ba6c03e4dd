import Crypto
import DomainContracts
import Foundation
import Testing

@testable import Console

@Suite("Attachments at the door") struct AttachmentTests {
    private let door = DoorBench()
    private static let jpeg =
        Data([0xff, 0xd8, 0xff, 0xe0]) + Data((0..<200_000).map { UInt8(truncatingIfNeeded: $0 / 7) })

    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "attachments-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    private func rests(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "incoming").path)
    }

    @Test("a photo is kept once under its hash, and shown by links to who may see it")
    func keptAndShown() async throws {
        try await withFolder { folder in
            try await door.withDoor(attachments: try FolderStore(folder)) { send in
                let photo = door.request(
                    .POST, "/v1/attachments", data: Self.jpeg, headers: ["Content-Type": "image/jpeg; charset=x"])
                let reply = try await send(photo)
                #expect(reply.status == 200)
                let taken = try WireJSON.decoder().decode(TakenAttachment.self, from: reply.body)
                let hash = SHA256.hash(data: Self.jpeg).map { String(format: "%02x", $0) }.joined()
                #expect(taken.sha256 == hash && taken.bytes == Self.jpeg.count && taken.mediaType == "image/jpeg")
                #expect(taken.dataref == "urn:mendloop:attachment:\(hash)")
                #expect(try await send(photo).status == 200)
                #expect(try rests(in: folder) == [])

                let shown = try await send(door.request(.GET, taken.link))
                #expect(shown.status == 200 && shown.body == Self.jpeg)
                #expect(shown.headers["content-type"] == "image/jpeg")
                #expect(shown.headers["content-security-policy"]?.contains("sandbox") == true)
                #expect(shown.headers["accept-ranges"] == "bytes")
                let part = try await send(door.request(.GET, taken.link, headers: ["Range": "bytes=100-199"]))
                #expect(part.status == 206 && part.body == Self.jpeg[100..<200])
                #expect(part.headers["content-range"] == "bytes 100-199/\(Self.jpeg.count)")
                let behind = door.request(.GET, taken.link, headers: ["Range": "bytes=\(Self.jpeg.count)-"])
                #expect(try await send(behind).status == 416)
                let known = door.request(.GET, taken.link, headers: ["If-None-Match": "\"\(hash)\""])
                let unchanged = try await send(known)
                #expect(unchanged.status == 304 && unchanged.body.isEmpty)
                #expect(try await send(door.request(.GET, taken.link + "x")).status == 404)

                let path = "/v1/attachments/\(hash)"
                #expect(try await send(door.request(.GET, path)).status == 401)
                let looked = try await send(door.request(.GET, path, headers: door.bearer(["engineer"])))
                #expect(try WireJSON.decoder().decode(TakenAttachment.self, from: looked.body).sha256 == hash)
                let none = "/v1/attachments/\(String(repeating: "0", count: 64))"
                for unknown in [none, "/v1/attachments/..%2Fincoming"] {
                    #expect(try await send(door.request(.GET, unknown, headers: door.bearer(["agent"]))).status == 404)
                }
            }
        }
    }

    @Test("what is too large, of another kind, or not what it is said to be leaves nothing behind")
    func refused() async throws {
        try await withFolder { folder in
            try await door.withDoor(attachments: try FolderStore(folder), mostBytes: 100_000) { send in
                let script = Data("<script>".utf8)
                let cases = [
                    (Self.jpeg, "image/jpeg", "too-large"), (script, "text/html", "unsupported-media-type"),
                    (script, "image/png", "media-type-mismatch"), (Data(), "image/png", "media-type-mismatch"),
                ]
                for (data, type, code) in cases {
                    let reply = try await send(
                        door.request(.POST, "/v1/attachments", data: data, headers: ["Content-Type": type]))
                    #expect(try reply.problem().code == code)
                }
                #expect(try rests(in: folder) == [])
            }
        }
    }

    @Test(
        "an address may send so many bytes an hour, taken or not, and is told when it may again; who has a token sends on"
    )
    func budget() async throws {
        try await withFolder { folder in
            try await door.withDoor(
                attachments: try FolderStore(folder), mostBytes: 250_000, bytesAnHour: 500_000
            ) { send in
                func sent(as type: String, _ headers: [String: String] = [:]) async throws -> DoorBench.Reply {
                    let headers = headers.merging(["Content-Type": type]) { $1 }
                    return try await send(door.request(.POST, "/v1/attachments", data: Self.jpeg, headers: headers))
                }
                #expect(try await sent(as: "image/png").status == 422)
                #expect(try await sent(as: "image/jpeg").status == 200)
                let refused = try await sent(as: "image/jpeg", ["Accept-Language": "zh-Hans"])
                #expect(refused.status == 429)
                let problem = try refused.problem()
                #expect(problem.code == "too-much-sent" && problem.title == "该地址上传的文件过多，请稍后再试")
                let seconds = try #require(refused.headers["retry-after"].flatMap { Int($0) })
                #expect((1...3_600).contains(seconds))
                #expect(try await sent(as: "image/jpeg", door.bearer(["engineer"])).status == 200)
                #expect(try await send(door.request(.GET, "/v1/files/none")).status == 404)
                #expect(try rests(in: folder) == [])
            }
        }
    }

    @Test("a file that does not say how large it is ends where the budget does, and nothing of it is left")
    func unannounced() async throws {
        try await withFolder { folder in
            let store = try FolderStore(folder)
            let budget = UploadBudget(bytesAnHour: 10_000, mostBytes: 8_000)
            let call = Call(
                exchange: Exchange(
                    method: "POST", path: ["v1", "attachments"], query: [], headers: [:], address: "192.0.2.1"),
                parameters: [:], principal: nil, id: "1")
            func take(_ bytes: Int) async throws -> StoredAttachment {
                let parts = AsyncThrowingStream<Data, any Error> { stream in
                    for start in stride(from: 0, to: bytes, by: 1_000) {
                        stream.yield(Self.jpeg.dropFirst(start).prefix(1_000))
                    }
                    stream.finish()
                }
                return try await Upload(store: store, mostBytes: 8_000, counts: budget.begin(call))
                    .take(parts, mediaType: "image/jpeg", at: Date(timeIntervalSince1970: 1))
            }
            _ = try await take(7_000)
            let refusal = await #expect(throws: DoorRefusal.self) { try await take(7_000) }
            #expect(refusal?.problem.code == "too-much-sent")
            #expect(refusal?.headers["Retry-After"].flatMap { Int($0) }.map { $0 > 1 } == true)
            #expect(try rests(in: folder) == [])
        }
    }

    @Test("without a folder none is taken, and it is said why")
    func off() async throws {
        try await door.withDoor { send in
            let reply = try await send(
                door.request(.POST, "/v1/attachments", data: Self.jpeg, headers: ["Content-Type": "image/jpeg"]))
            #expect(reply.status == 503)
            #expect(try reply.problem().code == "attachments-off")
        }
    }

    @Test("two who bring the same file at once both find it; an old rest is cleared away, a fresh one is not")
    func sharedFolder() async throws {
        try await withFolder { folder in
            let store = try FolderStore(folder)
            let attachments = try await withThrowingTaskGroup(of: StoredAttachment.self) { group in
                for _ in 1...8 {
                    group.addTask {
                        let parts = AsyncThrowingStream<Data, any Error> { stream in
                            for start in stride(from: 0, to: Self.jpeg.count, by: 4_096) {
                                stream.yield(Self.jpeg.dropFirst(start).prefix(4_096))
                            }
                            stream.finish()
                        }
                        return try await Upload(store: store, mostBytes: 1_000_000)
                            .take(parts, mediaType: "image/jpeg", at: Date(timeIntervalSince1970: 1))
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(attachments.map(\.sha256)).count == 1)
            let kept = try store.open(attachments[0], 0..<Self.jpeg.count)
            #expect(try kept.readToEnd() == Self.jpeg)
            #expect(try rests(in: folder) == [])
            let (old, fresh) = (store.incoming.new(), store.incoming.new())
            for rest in [old, fresh] { try Data("half".utf8).write(to: rest) }
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -86_400)], ofItemAtPath: old.path)
            _ = try FolderStore(folder)
            #expect(try rests(in: folder) == [fresh.lastPathComponent])
        }
    }

    @Test(
        "each kind is known by how it begins",
        arguments: [
            ("image/jpeg", [0xff, 0xd8, 0xff, 0xdb]), ("image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
            ("image/webp", Array("RIFF....WEBPVP8 ".utf8)), ("video/mp4", Array("....ftypisom".utf8)),
            ("image/heic", Array("....ftypheic".utf8)), ("audio/amr", Array("#!AMR\n".utf8)),
            ("audio/mpeg", [0xff, 0xfb, 0x90]), ("application/pdf", Array("%PDF-1.7".utf8)),
        ] as [(String, [UInt8])])
    func kinds(mediaType: String, beginning: [UInt8]) {
        #expect(FileKind.holds(mediaType, Data(beginning)))
        #expect(!FileKind.holds(mediaType, Data(beginning.dropFirst())))
    }
}
