import DomainContracts

/// Lines of a story, for people.
enum StoryTable {
    static func text(_ lines: [StoryLine]) -> String {
        var table = TextTable(head: ["WHEN", "SERVICE", "WHAT", "WAY", "CHANNEL", "WHO", "DETAIL"])
        for line in lines {
            let parameters = line.parameters.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            table.rows.append([
                Moment.text(line.at), line.service, line.kind, line.direction?.rawValue ?? "-", line.channel ?? "-",
                line.actorType ?? "-",
                (([line.text].compactMap { $0 }) + parameters).joined(separator: ", ").shortened(to: 80),
            ])
        }
        return table.text
    }
}
