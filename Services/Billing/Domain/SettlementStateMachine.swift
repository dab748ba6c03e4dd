extension OrderAccount {
    /// The charge track of settlement; docs/state-machines/settlement.md draws it.
    enum ChargeState: String, CaseIterable, Codable, Sendable {
        case notChargeable = "not_chargeable"
        case estimated, accepted, final, void
    }

    enum ChargeEvent: String, CaseIterable, Sendable { case quoted, accepted, finalised, voided, reinstated }

    /// Nil: it changes nothing.
    static func next(_ state: ChargeState, _ event: ChargeEvent) -> ChargeState? {
        switch (state, event) {
        case (.notChargeable, .quoted): .estimated
        case (.notChargeable, .accepted): .accepted
        case (.notChargeable, .finalised): .final
        case (.notChargeable, .voided): .void
        case (.notChargeable, .reinstated): nil

        case (.estimated, .quoted): nil
        case (.estimated, .accepted): .accepted
        case (.estimated, .finalised): .final
        case (.estimated, .voided): .void
        case (.estimated, .reinstated): nil

        // More work than was accepted: a new quote is before the customer.
        case (.accepted, .quoted): .estimated
        case (.accepted, .accepted): nil
        case (.accepted, .finalised): .final
        case (.accepted, .voided): .void
        case (.accepted, .reinstated): nil

        // A bill that went out stands; what follows is written beside it.
        case (.final, .quoted), (.final, .accepted), (.final, .finalised), (.final, .voided), (.final, .reinstated):
            nil

        case (.void, .quoted), (.void, .accepted), (.void, .finalised), (.void, .voided): nil
        case (.void, .reinstated): .notChargeable
        }
    }
}
