import DomainContracts

/// Which parts a category of devices takes, and what they cost us.
enum PartsCatalog {
    struct Part: Sendable, Hashable {
        var code: String
        var name: String
        var unitCost: Money
    }

    /// Letters and digits of the category, words joined by hyphens: also the name of the skill it takes.
    static func slug(_ category: String) -> String {
        category.lowercased().split { !($0.isLetter || $0.isNumber) }.joined(separator: "-")
    }

    /// What the depot keeps for a category.
    static func stocked(_ category: String) -> [Part] {
        let fate = Fate(seed: 0, report: category)
        return [
            ("SEAL", "Seal kit", 800...3_000), ("BOARD", "Control board", 9_000...28_000),
            ("MOTOR", "Motor", 12_000...60_000),
        ]
        .map { suffix, name, range in part(category, suffix, name, fate.number(suffix, range)) }
    }

    /// A part that nobody makes any more.
    static func discontinued(_ category: String) -> String { code(category, "LEGACY") }

    private static func part(_ category: String, _ suffix: String, _ name: String, _ cost: Int) -> Part {
        Part(code: code(category, suffix), name: "\(name), \(category)", unitCost: Money(cost, "CNY"))
    }

    private static func code(_ category: String, _ suffix: String) -> String {
        "\(slug(category).uppercased())-\(suffix)"
    }
}
