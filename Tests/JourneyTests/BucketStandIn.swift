import Foundation

@testable import Console

/// Moto, which stands in for S3 and checks signatures: https://docs.getmoto.org.
final class BucketStandIn {
    private static let program = """
        import json, os, sys
        os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "4"
        import boto3
        from moto.server import ThreadedMotoServer
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
        host, port = server.get_host_and_port()
        service = dict(endpoint_url=f"http://{host}:{port}", region_name="us-east-1",
                       aws_access_key_id="none", aws_secret_access_key="none")
        people = boto3.client("iam", **service)
        boto3.client("s3", **service).create_bucket(Bucket="files")
        people.create_user(UserName="mendloop")
        people.put_user_policy(UserName="mendloop", PolicyName="all", PolicyDocument=json.dumps({
            "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}))
        key = people.create_access_key(UserName="mendloop")["AccessKey"]
        print(json.dumps({"url": service["endpoint_url"] + "/files/attachments",
                          "id": key["AccessKeyId"], "secret": key["SecretAccessKey"]}), flush=True)
        sys.stdin.read()
        """

    private struct Told: Decodable {
        var url: URL
        var id: String
        var secret: String
    }

    private let companion: Companion
    private let folder = FileManager.default.temporaryDirectory.appending(path: "mendloop-\(UUID().uuidString)")
    private let told: Told

    init() async throws {
        let python = OutsideProgram(program: URL(fileURLWithPath: "/usr/bin/python3"), environment: [:])
        _ = try await python.run(["-m", "venv", folder.path])
        let pip = OutsideProgram(program: folder.appending(path: "bin/pip"), environment: [:])
        _ = try await pip.run(["install", "--quiet", "moto[s3]==5.2.5", "flask==3.1.3", "flask-cors==6.0.5"])
        companion = try Companion(folder.appending(path: "bin/python"), ["-c", Self.program])
        told = try JSONDecoder().decode(Told.self, from: Data(companion.greeting.utf8))
    }

    /// The bucket, with the key that it knows or with another.
    func bucket(knowing secret: String? = nil) -> Bucket {
        Bucket(told.url, region: "us-east-1", key: BucketKey(id: told.id, secret: secret ?? told.secret))
    }

    /// It answers no more.
    func stop() { companion.kill() }

    deinit {
        stop()
        try? FileManager.default.removeItem(at: folder)
    }
}
