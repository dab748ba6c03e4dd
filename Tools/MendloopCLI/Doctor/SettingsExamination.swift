import Foundation
import ServiceKit

/// Settings of the environment, and those that copies on this machine really run with.
struct SettingsExamination {
    let environment: [String: String]
    let copies: [StatusReport.ServiceCopy]

    var findings: [DoctorReport.Finding] {
        var findings = SettingsCheck(environment).findings.map { finding in
            DoctorReport.Finding.wrong("settings", "\(finding.name) \(finding.what)", Self.remedy)
        }
        for copy in copies {
            guard let pid = copy.pid, let own = Self.environment(of: pid) else { continue }
            for finding in SettingsCheck(own).findings {
                let what = "\(finding.name) \(finding.what)"
                // Copies inherit what the environment says.
                if findings.contains(where: { $0.what == what }) { continue }
                findings.append(.wrong("settings", "\(what) (\(copy.name))", Self.remedy))
            }
        }
        return findings.isEmpty ? [.well("settings", "none is unknown or wrong")] : findings
    }

    private static let remedy = "correct or remove it; docs/settings.md lists all, ./mendloop config check tries them"

    /// What a process was started with; nil where that is not ours to read.
    private static func environment(of pid: Int32) -> [String: String]? {
        guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/environ"), !data.isEmpty else { return nil }
        var variables: [String: String] = [:]
        for part in data.split(separator: 0) {
            let pair = String(decoding: part, as: UTF8.self).split(separator: "=", maxSplits: 1)
            if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
        }
        return variables
    }
}
