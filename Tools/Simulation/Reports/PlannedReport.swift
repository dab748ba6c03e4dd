import DomainContracts
import Foundation
import ServiceKit

/// A report as somebody will make it.
struct PlannedReport: Sendable {
    var repaired: RepairCase
    var fate: Fate
    var messageId: String
    var report: ReportRepair
    /// Its phone is none, so it will be rejected.
    var isFlawed: Bool

    var channel: String { report.channel }
    var customerName: String { report.customer?.name ?? "—" }
}

extension PlannedReport {
    private static let namespace = UUID(uuid: (0x51, 0x3e, 0x9d, 0x02, 1, 2, 0x40, 3, 0x80, 4, 5, 6, 7, 8, 9, 10))

    /// How many companies have a contract.
    static let contracts = 40

    init(_ repaired: RepairCase, seed: UInt64, run: String, shares: FateShares, customers: Int, now: Date) {
        let fate = Fate(seed: seed, report: repaired.id)
        self.repaired = repaired
        self.fate = fate
        messageId = UUID(derivedFrom: "\(run)/\(repaired.id)", in: Self.namespace).text
        isFlawed = fate.happens("bad-phone", shares.badPhone)
        let channel = fate.pick(
            "channel", ["wechat", "wechat", "wechat", "phone", "phone", "web", "web", "qr", "email"])
        let isConsultation = fate.happens("consultation", shares.consultation)
        let district = fate.pick("district", City.districts)
        let customer = Self.customer(fate, repaired, shares, channel: channel, pool: customers)
        report = ReportRepair(
            channel: channel, externalId: repaired.id, reportedAt: now, customer: customer.reported,
            device: Self.device(fate, repaired, shares, customer: customer.key, now: now),
            serviceType: isConsultation ? .consultation : fate.happens("inspection", 0.03) ? .inspection : .repair,
            serviceMode: isConsultation ? .remote : .onSite,
            urgency: fate.pick("urgency", [.low, .normal, .normal, .normal, .high, .critical]),
            problem: repaired.problem,
            site: ReportedSite(
                address: "北京市\(district.name)\(fate.number("street", 1...400)) 号", regionCode: district.regionCode,
                location: City.place(in: district, fate)),
            preferredWindows: Self.windows(fate, now: now), language: repaired.language)
        if isFlawed { report.customer?.phone = "12-not-a-phone" }
    }

    /// The same fault told again on another channel.
    func again(seed: UInt64) -> PlannedReport {
        var copy = self
        copy.fate = Fate(seed: seed, report: repaired.id + "/again")
        copy.messageId = UUID(derivedFrom: "again", in: UUID(uuidString: messageId) ?? Self.namespace).text
        copy.report.channel = channel == "phone" ? "web" : "phone"
        copy.report.externalId = repaired.id + "/again"
        copy.report.customer?.channelUserId = nil
        return copy
    }

    private static func customer(
        _ fate: Fate, _ repaired: RepairCase, _ shares: FateShares, channel: String, pool: Int
    ) -> (key: String, reported: ReportedCustomer) {
        if fate.happens("contract", shares.underContract) {
            let number = fate.number("contract-number", 1...contracts)
            let own = Fate(seed: fate.seed, report: "company-\(number)")
            return (
                "company-\(number)",
                ReportedCustomer(
                    name: "\(own.pick("company", ["恒信", "远东", "新桥", "瑞和", "中联"]))物业 \(number)", phone: phone(own),
                    kind: .company, customerNumber: contractCustomer(number), channelUserId: nil)
            )
        }
        // One in eight comes again and again.
        let isRegular = fate.happens("regular", 0.125)
        let key = isRegular ? "regular-\(fate.number("regular-number", 0...max(pool / 20, 4)))" : repaired.id
        let own = Fate(seed: fate.seed, report: key)
        let names =
            repaired.language == "en"
            ? ["Alex Morgan", "Sam Price", "Jo Evans", "Chris Hughes", "Pat Lewis", "Robin Davies"]
            : ["王敏", "李强", "张丽", "刘洋", "陈静", "杨帆", "赵磊", "黄勇", "周杰", "吴霞"]
        return (
            key,
            ReportedCustomer(
                name: own.pick("name", names), phone: phone(own),
                email: channel == "email" ? "c\(own.number("mail", 10_000...99_999))@example.com" : nil, kind: .person,
                channelUserId: channel == "wechat" ? "wx-\(String(own.bits("wechat"), radix: 36))" : nil)
        )
    }

    static func contractCustomer(_ number: Int) -> String { "SIM-C\(1_000 + number)" }

    private static func phone(_ fate: Fate) -> String { "13\(fate.number("phone", 100_000_000...999_999_999))" }

    private static func device(
        _ fate: Fate, _ repaired: RepairCase, _ shares: FateShares, customer: String, now: Date
    ) -> ReportedDevice {
        let slug = PartsCatalog.slug(repaired.category)
        // Who comes again may come with the same device.
        let serial = Fate(seed: fate.seed, report: "\(customer)/\(slug)").bits("serial")
        let days =
            fate.happens("warranty", shares.inWarranty) ? fate.number("age", 20...330) : fate.number("age", 400...3_000)
        return ReportedDevice(
            serialNumber: "\(slug.prefix(3).uppercased())-\(String(serial >> 24, radix: 36).uppercased())",
            model: "\(slug.prefix(3).uppercased())-\(fate.number("model", 100...109))", category: repaired.category,
            brand: repaired.brand,
            purchasedOn: String(RFC3339.format(now.addingTimeInterval(-Double(days) * 86_400)).prefix(10)),
            state: fate.pick("state", [.down, .down, .degraded, .working]))
    }

    /// Three in ten say when it suits.
    private static func windows(_ fate: Fate, now: Date) -> [TimeWindow] {
        guard fate.happens("wish", 0.3) else { return [] }
        let hour = (now.timeIntervalSince1970 / 3600).rounded(.up) * 3600
        let start = Date(timeIntervalSince1970: hour + Double(fate.number("wish-hours", 3...30)) * 3600)
        return [TimeWindow(start: start, end: start.addingTimeInterval(4 * 3600))]
    }
}
