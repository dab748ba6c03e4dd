/// What may not stand in the code.
extension Rule {
    static let texts: [Rule] = [
        .lines(
            "no C pointer in what a binding shows",
            in: { $0.path.hasPrefix("Shared/AMQP/") || $0.path.hasPrefix("Shared/Postgres/") },
            marks: ["public", "package", "open"]
        ) { line in
            line.firstMatch(
                of: /^\s*(?:@\w+\s+)*(?:public|package|open)\b.*\b(?:OpaquePointer|amqp_\w+|PG(?:conn|result))\b/
            )
            .map { String($0.output) }
        },
        Rule(description: "no service touches another one's schema, and shared code touches none by name") { file in
            let own = file.path.firstMatch(of: /^Services\/(\w+)\//).map { schema(of: String($0.1)) }
            guard own != nil || file.path.hasPrefix("Shared/ServiceKit/") else { return [] }
            return file.lines.enumerated().flatMap { index, line -> [(line: Int, what: String)] in
                let line = withoutComment(line)
                guard schemas.contains(where: line.lowercased().contains) else { return [] }
                return line.matches(
                    of:
                        /(?i:\b(?:from|join|into|update|references|table|on|index|exists|schema|using|only)\s+)"?(\w+)"?\."?\w+/
                ).filter { schemas.contains($0.1.lowercased()) && $0.1.lowercased() != own }
                    .map { (index + 1, String($0.output.0)) }
            }
        },
        .lines(
            "a state machine answers every case by name: no `default:`",
            in: { $0.name.contains("StateMachine") && !$0.path.hasPrefix("Tests/") }, marks: ["default"]
        ) { line in
            line.firstMatch(of: /^\s*(?:@unknown\s+)?default\s*:/).map { String($0.output) }
        },
        .lines(
            "nothing traps on what came over a wire",
            in: { $0.path.hasPrefix("Services/") || $0.path.hasPrefix("Shared/ServiceKit/") },
            marks: ["try!", "fatalError", "as!", "unsafeBitCast"]
        ) { line in
            line.firstMatch(of: /\btry!|\bfatalError\(|\bas!\s|\bunsafeBitCast\(/)
                .map { String($0.output) }
        },
        Rule(description: "`@unchecked Sendable` has its proof in a line above it: `// Sendable: …`") { file in
            guard file.isSwift, file.text.contains("@unchecked") else { return [] }
            let lines = file.lines
            return file.code.enumerated().compactMap { index, line in
                guard line.contains("@unchecked Sendable") else { return nil }
                let above = lines[max(0, index - 3)..<index]
                let hasProof = above.contains { $0.contains(/^\s*\/\/\/? Sendable: \S/) }
                return hasProof ? nil : (index + 1, line.trimmed)
            }
        },
        Rule(description: "one idea a file: at most 300 lines") { file in
            let count = file.lines.count - (file.text.hasSuffix("\n") ? 1 : 0)
            return file.isSwift && count > 300 ? [(count, "\(count) lines")] : []
        },
        Rule(description: "nothing is left for later in the code") { file in
            guard ["TODO", "FIXME", "XXX", "HACK"].contains(where: file.text.contains) else { return [] }
            return file.lines.enumerated().compactMap { index, line in
                line.firstMatch(of: /\b(?:TODO|FIXME|XXX|HACK)\b/).map { (index + 1, String($0.output)) }
            }
        },
        .lines(
            "the domain is told the time, ids and chance: it asks for none",
            in: { $0.path.contains(/^Services\/\w+\/Domain\//) },
            marks: ["Date", "UUID", "random", "shuffled", "Clock"]
        ) { line in
            line.firstMatch(of: /\bDate\(\)|\bDate\.now\b|\bUUID\(\)|\.random\(|\bshuffled\(\)|\b\w+Clock\.now\b/)
                .map { String($0.output) }
        },
        .lines(
            "no task is let go of its starter: a service's work is its own",
            in: { $0.path.hasPrefix("Services/") }, marks: ["Task"]
        ) { line in
            line.firstMatch(of: /^\s*Task(?:\.detached)?\s*(?:\([^)]*\)\s*)?\{/).map { String($0.output) }
        },
        .lines(
            "a request is sent by `answer(to:)`: what a URL session has itself may hang when it is cancelled",
            in: { _ in true }, marks: ["ession"]
        ) { line in
            line.firstMatch(
                of: /[sS]ession(?:\.shared|\([^)]*\))?\.(?:data|upload|download|bytes)\((?:for|from|resumeFrom):/
            )
            .map { String($0.output) }
        },
    ]

    static let all = imports + texts

    private static let schemas: Set<String> = [
        "intake", "dispatch", "field_service", "inventory", "billing", "feedback", "console",
    ]

    /// A line up to a comment of Swift's or of SQL's, texts kept.
    private static func withoutComment(_ line: String) -> Substring {
        guard let mark = line.firstMatch(of: /(?:^|\s)(?:\/\/|--)/) else { return line[...] }
        return line[..<mark.range.lowerBound]
    }

    private static func schema(of folder: String) -> String {
        folder == "FieldService" ? "field_service" : folder.lowercased()
    }
}

extension String {
    var trimmed: String { String(drop { $0 == " " }) }
}
