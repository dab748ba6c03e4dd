import Foundation

/// What an examination of a stack and of its machine found.
struct DoctorReport: Codable, Equatable {
    enum Standing: String, Codable {
        case well
        /// It works, and will not for ever, or not as it should.
        case doubtful
        case wrong
        /// It could not be looked at.
        case unseen
    }

    struct Finding: Codable, Equatable {
        /// `stack`, `settings`, `machine`, `clocks`, `database`, `broker`, `letters`, `backups`, `certificates`.
        var area: String
        var standing: Standing
        var what: String
        /// What to do about it; nil where nothing is to be done.
        var remedy: String?

        static func well(_ area: String, _ what: String) -> Finding {
            .init(area: area, standing: .well, what: what)
        }

        static func doubtful(_ area: String, _ what: String, _ remedy: String) -> Finding {
            .init(area: area, standing: .doubtful, what: what, remedy: remedy)
        }

        static func wrong(_ area: String, _ what: String, _ remedy: String) -> Finding {
            .init(area: area, standing: .wrong, what: what, remedy: remedy)
        }

        static func unseen(_ area: String, _ what: String, _ remedy: String? = nil) -> Finding {
            .init(area: area, standing: .unseen, what: what, remedy: remedy)
        }
    }

    /// Nothing is wrong; doubts do not count.
    var isWell: Bool
    var findings: [Finding]

    init(_ findings: [Finding]) {
        self.findings = findings
        isWell = !findings.contains { $0.standing == .wrong }
    }

    /// One line for what is well, two for what is not; what is wrong comes last, where the eye is.
    var text: String {
        let order: [Standing] = [.well, .unseen, .doubtful, .wrong]
        let lines = order.flatMap { standing in
            findings.filter { $0.standing == standing }.flatMap { finding in
                ["\(Self.mark(finding.standing)) \(finding.area): \(finding.what)"]
                    + (finding.remedy.map { ["         → \($0)"] } ?? [])
            }
        }
        let (wrong, doubtful) = (count(.wrong), count(.doubtful))
        let verdict =
            wrong + doubtful == 0
            ? "nothing is wrong" : "\(wrong) wrong, \(doubtful) doubtful"
        return (lines + ["", verdict]).joined(separator: "\n")
    }

    private func count(_ standing: Standing) -> Int { findings.count { $0.standing == standing } }

    private static func mark(_ standing: Standing) -> String {
        switch standing {
        case .well: "well    "
        case .doubtful: "doubtful"
        case .wrong: "WRONG   "
        case .unseen: "unseen  "
        }
    }
}
