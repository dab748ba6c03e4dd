import DomainContracts
import Foundation
import LocalStack
import ServiceKit

/// Looks at everything there is to look at. What is away is named once, and what hangs on it is left alone.
struct Examination {
    let stack: Stack
    /// Folders.
    var backups = "backups"
    var certificates = CertificateExamination.usualFolders

    func report() async throws -> DoctorReport {
        let status = try await StatusGatherer(stack: stack).report()
        var findings = Self.findings(of: status)
        findings +=
            SettingsExamination(environment: ProcessInfo.processInfo.environment, copies: status.services).findings
        let isLocal = status.servers.contains { $0.log != nil }
        if isLocal { findings += try await MachineExamination.of(stack.local, status).findings }
        findings += await database(status, isLocal)
        if status.servers.contains(where: { $0.name == "RabbitMQ" && $0.isReady }) { findings += await broker(status) }
        findings += [backup(isLocal)] + CertificateExamination.all(in: certificates).map(\.finding)
        return DoctorReport(findings)
    }

    private func backup(_ isLocal: Bool) -> DoctorReport.Finding {
        do {
            return try BackupExamination.of(backups, isPrivate: isLocal).finding
        } catch {
            return .unseen(
                "backups", "the newest of \(backups) cannot be read: \("\(error)".shortened(to: 200))",
                "./mendloop backup check says more")
        }
    }

    /// What `status` knows.
    static func findings(of status: StatusReport) -> [DoctorReport.Finding] {
        let faults = status.faults.map { DoctorReport.Finding.wrong("stack", $0.what, $0.remedy) }
        guard faults.isEmpty else { return faults }
        let copies = status.services.count
        return [.well("stack", "\(copies) copies of services run, and so does everything they need")]
    }

    private func database(_ status: StatusReport, _ isLocal: Bool) async -> [DoctorReport.Finding] {
        let url: String?
        if isLocal {
            guard status.servers.contains(where: { $0.name == "PostgreSQL" && $0.isReady }) else { return [] }
            url = try? stack.local.addresses().adminDatabaseURL()
        } else {
            url = (try? Settings().optionalDatabaseURL()).flatMap(\.self)
        }
        guard let url else {
            return [.unseen("database", "no address is known", "set MENDLOOP_DATABASE_URL")]
        }
        do {
            return try await DatabaseExamination.of(
                url, asked: status.services.compactMap(\.figures?.poolLimit).reduce(0, +)
            )
            .findings
        } catch {
            return [
                .wrong(
                    "database", "PostgreSQL cannot be asked: \("\(error)".shortened(to: 200))",
                    "start it, or correct MENDLOOP_DATABASE_URL and MENDLOOP_DATABASE_PASSWORD")
            ]
        }
    }

    private func broker(_ status: StatusReport) async -> [DoctorReport.Finding] {
        var findings: [DoctorReport.Finding]
        do {
            findings = try await BrokerExamination.of(try stack.identities().management).findings
        } catch {
            findings = [
                .unseen(
                    "broker", "its management interface cannot be asked: \("\(error)".shortened(to: 200))",
                    "set MENDLOOP_RABBITMQ_MANAGEMENT_URL, MENDLOOP_RABBITMQ_USER and MENDLOOP_RABBITMQ_PASSWORD")
            ]
        }
        // Who answers no query has been named already.
        let answering = status.services.filter { $0.state == .ready }.compactMap { ServiceName(rawValue: $0.service) }
        if let door = try? await stack.broker() {
            findings += await LetterExamination.of(Set(answering), door).findings
            if answering.contains(.console), let models = try? await door.ask(ReadModelsQuery()), !models.isWhole {
                let behind = models.sources.filter { !$0.isWhole }.map(\.service).joined(separator: ", ")
                findings.append(
                    .doubtful(
                        "stack", "console has not read to its end what was told by \(behind)",
                        "it goes on by itself while those run: ./mendloop read-models"))
            }
            await door.close()
        }
        return findings
    }
}
