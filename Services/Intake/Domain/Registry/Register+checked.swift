import DomainContracts
import FoundationEssentials

// Each registration as it is kept, and what is wrong with it.

extension RegisterCustomer {
    func checked() -> (RegisterCustomer, [FieldProblem]) {
        var sent = self
        var check = MemberCheck()
        check.text(&sent.customerNumber, "customerNumber", limit: 100)
        check.text(&sent.name, "name")
        check.text(&sent.industry, "industry")
        check.choice(sent.kind, "kind")
        check.choice(sent.tier, "tier")
        var dialled: String?
        check.phone(&sent.phone, &dialled, "phone")
        check.email(&sent.email, "email")
        check.site(&sent.site, "site")
        check.text(&sent.language, "language", limit: 35)
        if let language = sent.language, !CheckedReport.isLanguageTag(language) {
            check.complain("language", "not-a-language", "a BCP 47 language tag such as zh-Hans")
        }
        return (sent, check.errors)
    }
}

extension RegisterSite {
    func checked() -> (RegisterSite, [FieldProblem]) {
        var sent = self
        var check = MemberCheck()
        check.text(&sent.customerNumber, "customerNumber", limit: 100)
        check.text(&sent.name, "name")
        check.text(&sent.address, "address", limit: 500)
        check.text(&sent.regionCode, "regionCode", limit: 12)
        check.region(sent.regionCode, "regionCode")
        check.text(&sent.accessNotes, "accessNotes", limit: 2_000)
        check.location(sent.location, "location")
        return (sent, check.errors)
    }
}

extension RegisterContact {
    func checked() -> (RegisterContact, [FieldProblem]) {
        var sent = self
        var check = MemberCheck()
        check.text(&sent.customerNumber, "customerNumber", limit: 100)
        check.text(&sent.name, "name")
        check.phone(&sent.phone, &sent.extension, "phone")
        check.text(&sent.extension, "extension", limit: 8)
        if let digits = sent.extension, !digits.allSatisfy({ $0.isASCII && $0.isNumber }) {
            check.complain("extension", "not-digits", "digits only")
        }
        check.email(&sent.email, "email")
        check.text(&sent.role, "role")
        return (sent, check.errors)
    }
}

extension RegisterProductModel {
    func checked() -> (RegisterProductModel, [FieldProblem]) {
        var sent = self
        var check = MemberCheck()
        var model: String? = sent.model
        check.text(&model, "model")
        if let model { sent.model = model } else { check.complain("model", "required", "the model's name") }
        check.text(&sent.brand, "brand")
        check.text(&sent.name, "name")
        check.text(&sent.category, "category")
        if let months = sent.warrantyMonths, !(0...240).contains(months) {
            check.complain("warrantyMonths", "out-of-range", "0 to 240")
        }
        if sent.billOfMaterials.count > 500 { check.complain("billOfMaterials", "too-many", "at most 500 lines") }
        for index in sent.billOfMaterials.indices {
            let line = sent.billOfMaterials[index]
            var part: String? = line.partNumber
            check.text(&part, "billOfMaterials/\(index)/partNumber", limit: 100)
            if let part {
                sent.billOfMaterials[index].partNumber = part
            } else {
                check.complain("billOfMaterials/\(index)/partNumber", "required", "a part's number")
            }
            if !(1...100_000).contains(line.quantity) {
                check.complain("billOfMaterials/\(index)/quantity", "out-of-range", "1 to 100000")
            }
            check.text(&sent.billOfMaterials[index].name, "billOfMaterials/\(index)/name")
        }
        return (sent, check.errors)
    }
}

extension RegisterDevice {
    /// - Parameter now: when it is said; nil where only what it names is asked.
    func checked(at now: Date? = nil) -> (RegisterDevice, [FieldProblem]) {
        var sent = self
        var check = MemberCheck()
        check.text(&sent.serialNumber, "serialNumber", limit: 100)
        check.text(&sent.code, "code", limit: 100)
        check.text(&sent.brand, "brand")
        check.text(&sent.model, "model")
        check.text(&sent.category, "category")
        check.text(&sent.customerNumber, "customerNumber", limit: 100)
        check.site(&sent.site, "site")
        check.text(&sent.department, "department")
        check.choice(sent.standing, "standing")
        check.day(&sent.purchasedOn, "purchasedOn", notAfter: now)
        check.day(&sent.installedOn, "installedOn", notAfter: now)
        check.day(&sent.warrantyEndsOn, "warrantyEndsOn")
        check.text(&sent.contractNumber, "contractNumber", limit: 100)
        if let bought = sent.purchasedOn.flatMap({ CalendarDay($0) }) {
            if let installed = sent.installedOn.flatMap({ CalendarDay($0) }), installed < bought {
                check.complain("installedOn", "before-purchase", "not before purchasedOn")
            }
            if let end = sent.warrantyEndsOn.flatMap({ CalendarDay($0) }), end < bought {
                check.complain("warrantyEndsOn", "before-purchase", "not before purchasedOn")
            }
        }
        return (sent, check.errors)
    }
}
