import Foundation
import Testing

@testable import Console

/// The examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html.
@Suite("Signatures for buckets") struct BucketSignatureTests {
    private let signature = BucketSignature(
        key: BucketKey(id: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        region: "us-east-1")
    private let host = "examplebucket.s3.amazonaws.com"
    private let friday = Date(timeIntervalSince1970: 1_369_353_600)

    @Test("a part of an object is asked for")
    func get() {
        let headers = signature.signed(
            "GET", path: "/test.txt", headers: ["Host": host, "Range": "bytes=0-9"],
            contentHash: BucketSignature.hash(""), at: friday)
        #expect(headers["x-amz-date"] == "20130524T000000Z")
        #expect(
            headers["Authorization"]
                == "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
    }

    @Test("an object is put")
    func put() {
        let headers = signature.signed(
            "PUT", path: "/test%24file.text",
            headers: [
                "Host": host, "Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY",
            ], contentHash: BucketSignature.hash("Welcome to Amazon S3."), at: friday)
        #expect(
            headers["Authorization"]?.hasSuffix(
                "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd") == true)
    }
}
