import Foundation
import ServiceKit

/// Where attachments are kept.
enum AttachmentSettings: Sendable {
    /// `MENDLOOP_ATTACHMENTS`: a folder that all copies share.
    case folder(URL)
    /// `MENDLOOP_ATTACHMENTS_BUCKET`: the URL of a bucket at a service that is compatible with S3, host first and then bucket, with a
    /// prefix if wanted. `…_REGION` (us-east-1 by default), `…_KEY_ID` and `…_KEY` say who asks. `MENDLOOP_ATTACHMENTS`, or
    /// else the system's temporary folder, then only holds what is on its way.
    case bucket(URL, region: String, BucketKey, passage: URL)

    /// Nil where neither is set.
    init?(_ settings: Settings) throws(SettingsError) {
        let folder = try settings.optionalString("MENDLOOP_ATTACHMENTS").map {
            URL(fileURLWithPath: $0, isDirectory: true)
        }
        let bucket = try settings.parsed(
            "MENDLOOP_ATTACHMENTS_BUCKET", expected: "a URL as in https://host/bucket", Self.url)
        if let bucket {
            let id = try settings.string(
                "MENDLOOP_ATTACHMENTS_KEY_ID", expected: "the id of a key that may use the bucket")
            let key = BucketKey(id: id, secret: try settings.secret("MENDLOOP_ATTACHMENTS_KEY", minimumBytes: 8))
            self = .bucket(
                bucket, region: try settings.string("MENDLOOP_ATTACHMENTS_REGION", default: "us-east-1"), key,
                passage: folder ?? FileManager.default.temporaryDirectory.appending(path: "mendloop-attachments"))
        } else if let folder {
            self = .folder(folder)
        } else {
            return nil
        }
    }

    /// - Throws: when a folder cannot be made or cleared.
    func store() throws -> any AttachmentStore {
        switch self {
        case .folder(let folder): try FolderStore(folder)
        case .bucket(let url, let region, let key, let passage):
            BucketStore(
                bucket: Bucket(url, region: region, key: key),
                incoming: try IncomingFiles(folder: passage.appending(path: "incoming")))
        }
    }

    private static func url(_ text: String) -> URL? {
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host()?.isEmpty == false,
            url.pathComponents.count >= 2, url.query() == nil
        else { return nil }
        return url
    }
}
