/// Whose word an estimate needs.
public struct EstimateDecision: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let none = EstimateDecision(rawValue: "none")
    public static let quote = EstimateDecision(rawValue: "quote")
    public static let approval = EstimateDecision(rawValue: "approval")

    public static let known: [Self] = [.none, .quote, .approval]
}

/// What a charge line is for.
public struct ChargeLineKind: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let labour = ChargeLineKind(rawValue: "labour")
    public static let part = ChargeLineKind(rawValue: "part")
    public static let travel = ChargeLineKind(rawValue: "travel")
    public static let inspection = ChargeLineKind(rawValue: "inspection")

    public static let known: [Self] = [.labour, .part, .travel, .inspection]
}

/// Track one of settlement.
public struct ChargeStatus: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let notChargeable = ChargeStatus(rawValue: "not_chargeable")
    public static let estimated = ChargeStatus(rawValue: "estimated")
    public static let accepted = ChargeStatus(rawValue: "accepted")
    public static let final = ChargeStatus(rawValue: "final")
    public static let void = ChargeStatus(rawValue: "void")

    public static let known: [Self] = [.notChargeable, .estimated, .accepted, .final, .void]
}

/// Track two of settlement.
public struct PaymentStatus: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let unpaid = PaymentStatus(rawValue: "unpaid")
    public static let deposit = PaymentStatus(rawValue: "deposit")
    public static let partial = PaymentStatus(rawValue: "partial")
    public static let paid = PaymentStatus(rawValue: "paid")
    public static let refunded = PaymentStatus(rawValue: "refunded")
    public static let writtenOff = PaymentStatus(rawValue: "written_off")

    public static let known: [Self] = [.unpaid, .deposit, .partial, .paid, .refunded, .writtenOff]
}

/// Track three of settlement.
public struct InvoiceStatus: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let none = InvoiceStatus(rawValue: "none")
    public static let requested = InvoiceStatus(rawValue: "requested")
    public static let issued = InvoiceStatus(rawValue: "issued")
    public static let redLettered = InvoiceStatus(rawValue: "red_lettered")

    public static let known: [Self] = [.none, .requested, .issued, .redLettered]
}

/// How money came.
public struct PaymentMethod: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let cash = PaymentMethod(rawValue: "cash")
    public static let bankTransfer = PaymentMethod(rawValue: "bank_transfer")
    public static let wechat = PaymentMethod(rawValue: "wechat")
    public static let alipay = PaymentMethod(rawValue: "alipay")
    public static let card = PaymentMethod(rawValue: "card")

    public static let known: [Self] = [.cash, .bankTransfer, .wechat, .alipay, .card]
}

/// The two sides of an entry.
public struct LedgerSide: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let debit = LedgerSide(rawValue: "debit")
    public static let credit = LedgerSide(rawValue: "credit")

    public static let known: [Self] = [.debit, .credit]
}

/// Kinds of service contract (domain.md §6).
public struct ContractType: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let warranty = ContractType(rawValue: "warranty")
    public static let maintenance = ContractType(rawValue: "maintenance")
    public static let inspection = ContractType(rawValue: "inspection")
    public static let perCall = ContractType(rawValue: "per_call")

    public static let known: [Self] = [.warranty, .maintenance, .inspection, .perCall]
}

/// Whether a contract holds.
public struct ContractStatus: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let active = ContractStatus(rawValue: "active")
    public static let ended = ContractStatus(rawValue: "ended")

    public static let known: [Self] = [.active, .ended]
}
