import DomainContracts
import Foundation
import Testing

@testable import MendloopCLI

@Suite("What doctor says of backups and certificates, which fail slowly")
struct SlowDangerTests {
    private static let noon = Date(timeIntervalSince1970: 1_800_000_000)

    private static let postgres = """
        -----BEGIN CERTIFICATE-----
        MIIBezCCASGgAwIBAgIUO6cw5YEOQEXm6uwA14kFu23x3gkwCgYIKoZIzj0EAwIw
        EzERMA8GA1UEAwwIcG9zdGdyZXMwHhcNMjYxMTI5MTIxMTU1WhcNMjgxMTI4MTIx
        MTU1WjATMREwDwYDVQQDDAhwb3N0Z3JlczBZMBMGByqGSM49AgEGCCqGSM49AwEH
        A0IABFh9j3miwDFgA76qvN3ZGiGdXMgOFNJ/Skq3CdJe0mq4eoPfF8cfK0adgxTd
        L9ugrpSXZKHFO/Z7OvHQDSw8XGCjUzBRMB0GA1UdDgQWBBSNpch/cJp1VzjzePwZ
        HscruWdRgDAfBgNVHSMEGDAWgBSNpch/cJp1VzjzePwZHscruWdRgDAPBgNVHRMB
        Af8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQD+P7W+qJ+ZPUGtt07fjeguDsvH
        wvuDioXzwIOuOud2bwIgCnGC5g5lSW+aeZ0XiVQTkExUfaaLiXZRLZ2/hCajEvg=
        -----END CERTIFICATE-----
        """

    /// Ends after 2049, and so writes its years in full.
    private static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBcDCCARegAwIBAgIUX/pQ2jYT0b8F7AlGzIXO7FIVKFQwCgYIKoZIzj0EAwIw
        DTELMAkGA1UEAwwCY2EwIBcNMjYxMTI5MTIxMTU2WhgPMjA4MTA5MDExMjExNTZa
        MA0xCzAJBgNVBAMMAmNhMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEWH2PeaLA
        MWADvqq83dkaIZ1cyA4U0n9KSrcJ0l7Sarh6g98Xxx8rRp2DFN0v26CulJdkocU7
        9ns68dANLDxcYKNTMFEwHQYDVR0OBBYEFI2lyH9wmnVXOPN4/Bkexyu5Z1GAMB8G
        A1UdIwQYMBaAFI2lyH9wmnVXOPN4/Bkexyu5Z1GAMA8GA1UdEwEB/wQFMAMBAf8w
        CgYIKoZIzj0EAwIDRwAwRAIgaODkti8pXQVyrHYeiP0+m+hpskv76XhR7pos6Htw
        z+UCIAOF9p94gCzgI0XZHheZ5xykI6mERGqNqH0QauOagjsJ
        -----END CERTIFICATE-----
        """

    private func backup(daysAgo: Double?, isPrivate: Bool = false) -> DoctorReport.Finding {
        BackupExamination(
            folder: "backups", newest: daysAgo.map { Self.noon.addingTimeInterval(-$0 * 86_400) }, now: Self.noon,
            isPrivate: isPrivate
        ).finding
    }

    @Test("a backup older than two days is wrong, none at all doubtful; a private stack may do without")
    func age() {
        #expect(backup(daysAgo: 0.3).what == "the newest of backups is 7 h old")
        #expect(backup(daysAgo: 1.9).standing == .well)
        #expect(backup(daysAgo: 2.1).standing == .wrong)
        #expect(backup(daysAgo: 5).what == "the newest of backups is 5 days old")
        #expect(backup(daysAgo: nil).standing == .doubtful)
        #expect(backup(daysAgo: nil, isPrivate: true).standing == .unseen)
        #expect(backup(daysAgo: 5, isPrivate: true).standing == .doubtful)
    }

    @Test("the newest whole backup of a folder counts, and half a one does not")
    func folder() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mendloop-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, days) in [("20270110T080000Z", 5.0), ("20270114T080000Z", 1), ("20270115T080000Z.unfinished", 0)] {
            let backup = BackupFolder(place: folder.appending(path: name))
            try FileManager.default.createDirectory(at: backup.place, withIntermediateDirectories: true)
            let manifest = BackupManifest(
                madeAt: Self.noon.addingTimeInterval(-days * 86_400), database: .init(bytes: 0, sha256: "", rows: [:]),
                outsiders: 0)
            try Output.json(manifest).write(to: backup.manifestFile, atomically: true, encoding: .utf8)
        }
        let found = try BackupExamination.of(folder.path, isPrivate: false, now: Self.noon)
        #expect(found.newest == Self.noon.addingTimeInterval(-86_400))
        #expect(try BackupExamination.of(folder.path + "/none", isPrivate: false).newest == nil)
    }

    @Test("when a certificate ends is read out of it, to the second, on both sides of 2050")
    func end() {
        #expect(CertificateEnd.all(inPEM: Self.postgres) == [RFC3339.parse("2028-11-28T12:11:55Z")])
        #expect(
            CertificateEnd.all(inPEM: Self.postgres + "\n" + Self.authority).compactMap(\.self).map(RFC3339.format)
                == ["2028-11-28T12:11:55.000Z", "2081-09-01T12:11:56.000Z"])
        #expect(CertificateEnd.all(inPEM: "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----") == [])
        #expect(CertificateEnd.all(inPEM: Self.postgres.replacing("MIIB", with: "MIIC")) == [nil])
        for cut in 0..<60 { #expect(CertificateEnd.end(inDER: Array(repeating: 0x30, count: cut)) == nil) }
    }

    private func certificate(_ days: Double) -> DoctorReport.Finding {
        CertificateExamination(path: "x.pem", ends: Self.noon.addingTimeInterval(days * 86_400), now: Self.noon).finding
    }

    @Test("a certificate is doubtful a month before its end, and wrong in the last week")
    func certificates() {
        #expect(certificate(31).standing == .well)
        #expect(certificate(29).standing == .doubtful)
        #expect(certificate(29).remedy?.contains("--renew") == true)
        #expect(certificate(6).what == "x.pem ends on 2027-01-21, in 6 days")
        #expect(certificate(6).standing == .wrong)
        #expect(certificate(-1).what == "x.pem ended on 2027-01-14: nobody believes it")
    }

    @Test("of a folder every certificate is looked at, no key, and of a chain the first to end")
    func files() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mendloop-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = [
            "ca.pem": Self.authority, "postgres.pem": Self.authority + "\n" + Self.postgres, "odd.pem": "nothing",
            "postgres-key.pem": "-----BEGIN PRIVATE KEY-----", "notes.txt": Self.postgres,
        ]
        for (name, text) in files {
            try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
        }
        let found = CertificateExamination.all(in: [folder.path, "/nowhere"], now: Self.noon)
        #expect(found.map { $0.path.split(separator: "/").last } == ["ca.pem", "postgres.pem"])
        #expect(found[1].ends == RFC3339.parse("2028-11-28T12:11:55Z"))
    }
}
