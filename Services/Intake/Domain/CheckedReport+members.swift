import DomainContracts
import FoundationEssentials

extension CheckedReport {
    /// Longest problem text, characters.
    static let problemLimit = 8_000

    mutating func checkTexts() {
        Self.text(&report.problem, "/data/problem", limit: Self.problemLimit, &errors)
        Self.text(&report.externalId, "/data/externalId", limit: 200, &errors)
        Self.text(&report.faultCode, "/data/faultCode", limit: 100, &errors)
        Self.text(&report.customerReference, "/data/customerReference", limit: 200, &errors)
        Self.text(&report.relatedWorkOrder, "/data/relatedWorkOrder", limit: 100, &errors)
        Self.text(&report.language, "/data/language", limit: 35, &errors)
        if var customer = report.customer {
            Self.text(&customer.name, "/data/customer/name", limit: 200, &errors)
            Self.text(&customer.phone, "/data/customer/phone", limit: 40, &errors)
            Self.text(&customer.email, "/data/customer/email", limit: 254, &errors)
            Self.text(&customer.customerNumber, "/data/customer/customerNumber", limit: 100, &errors)
            Self.text(&customer.channelUserId, "/data/customer/channelUserId", limit: 200, &errors)
            // Anybody can write whom a mail is from: it is no user for whom the channel vouches.
            if report.channel == ReportChannel.mail, let sender = customer.channelUserId {
                customer.channelUserId = nil
                customer.email = customer.email ?? sender
                if !Self.isEmail(sender) {
                    complain("/data/customer/channelUserId", "not-an-email", "by mail the sender's address, or nothing")
                }
            }
            report.customer = customer
        }
        if var contact = report.contact {
            Self.text(&contact.name, "/data/contact/name", limit: 200, &errors)
            Self.text(&contact.phone, "/data/contact/phone", limit: 40, &errors)
            Self.text(&contact.extension, "/data/contact/extension", limit: 8, &errors)
            report.contact = contact
        }
        if var device = report.device {
            Self.text(&device.serialNumber, "/data/device/serialNumber", limit: 100, &errors)
            Self.text(&device.code, "/data/device/code", limit: 100, &errors)
            Self.text(&device.model, "/data/device/model", limit: 200, &errors)
            Self.text(&device.category, "/data/device/category", limit: 200, &errors)
            Self.text(&device.brand, "/data/device/brand", limit: 200, &errors)
            Self.text(&device.purchasedOn, "/data/device/purchasedOn", limit: 10, &errors)
            report.device = device
        }
        if var site = report.site {
            Self.text(&site.address, "/data/site/address", limit: 500, &errors)
            Self.text(&site.regionCode, "/data/site/regionCode", limit: 12, &errors)
            Self.text(&site.accessNotes, "/data/site/accessNotes", limit: 2_000, &errors)
            report.site = site
        }
    }

    mutating func checkCustomer() {
        if let phone = report.customer?.phone {
            if let number = PhoneNumber(phone) {
                report.customer?.phone = number.e164
            } else {
                complain("/data/customer/phone", "not-a-phone", "is no telephone number")
            }
        }
        if let email = report.customer?.email, !Self.isEmail(email) {
            complain("/data/customer/email", "not-an-email", "is no e-mail address")
        }
        if let kind = report.customer?.kind { known(kind, "/data/customer/kind") }
    }

    mutating func checkContact() {
        guard let contact = report.contact else { return }
        if let phone = contact.phone {
            if let number = PhoneNumber(phone) {
                report.contact?.phone = number.e164
                report.contact?.extension = contact.extension ?? number.extension
            } else {
                complain("/data/contact/phone", "not-a-phone", "is no telephone number")
            }
        }
        if let digits = contact.extension, !digits.allSatisfy({ $0.isASCII && $0.isNumber }) {
            complain("/data/contact/extension", "not-digits", "may hold digits only")
        }
    }

    mutating func checkDevice(at now: Date?) {
        if let text = report.device?.purchasedOn {
            if let day = CalendarDay(text) {
                if day.isAhead(of: now) {
                    complain("/data/device/purchasedOn", "in-future", "must not lie in the future")
                }
            } else {
                complain("/data/device/purchasedOn", "not-a-date", "is no date such as 2026-11-21")
            }
        }
        if let state = report.device?.state { known(state, "/data/device/state") }
    }

    mutating func checkSite() {
        if let region = report.site?.regionCode,
            !region.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
        {
            complain("/data/site/regionCode", "not-a-region", "may hold letters, digits and hyphens only")
        }
        guard let location = report.site?.location else { return }
        if !(-90...90).contains(location.latitude) {
            complain("/data/site/location/latitude", "out-of-range", "must lie between -90 and 90")
        }
        if !(-180...180).contains(location.longitude) {
            complain("/data/site/location/longitude", "out-of-range", "must lie between -180 and 180")
        }
        if let accuracy = location.accuracy, !(accuracy >= 0 && accuracy.isFinite) {
            complain("/data/site/location/accuracy", "out-of-range", "must not be below 0")
        }
        known(location.crs, "/data/site/location/crs")
    }

    mutating func checkChoices() {
        if let type = report.serviceType { known(type, "/data/serviceType") }
        if let mode = report.serviceMode { known(mode, "/data/serviceMode") }
        if let urgency = report.urgency { known(urgency, "/data/urgency") }
    }

    /// Values are open on the wire, but what we do not understand we cannot promise.
    private mutating func known<E: OpenEnum>(_ value: E, _ pointer: String) {
        guard !value.isKnown else { return }
        complain(pointer, "unknown-value", "must be one of " + E.known.map(\.rawValue).joined(separator: ", "))
    }

    mutating func checkWindows() {
        if report.preferredWindows.count > 20 {
            complain("/data/preferredWindows", "too-many", "names more than 20 windows")
        }
        for (index, window) in report.preferredWindows.enumerated() where window.start >= window.end {
            complain("/data/preferredWindows/\(index)", "empty-window", "must start before it ends")
        }
    }

    mutating func checkAttachments() { errors += AttachmentCheck.problems(report.attachments) }

    mutating func checkRest() {
        if let language = report.language, !Self.isLanguageTag(language) {
            complain("/data/language", "not-a-language", "is no BCP 47 language tag")
        }
        if report.answers?.hasControlCharacters == true {
            complain("/data/answers", "control-character", "holds control characters")
        }
        if report.customFields?.hasControlCharacters == true {
            complain("/data/customFields", "control-character", "holds control characters")
        }
    }

    /// One `@`, something before it, a dotted host after it.
    static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].count), !text.contains(where: \.isWhitespace) else {
            return false
        }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty && $0.count <= 63 && !$0.hasPrefix("-") }
    }

    static func isLanguageTag(_ text: String) -> Bool {
        let tags = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let primary = tags.first, (2...8).contains(primary.count),
            primary.allSatisfy({ $0.isASCII && $0.isLetter })
        else { return false }
        return tags.dropFirst().allSatisfy {
            (1...8).contains($0.count) && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        }
    }
}

extension JSONValue {
    /// Anywhere in it, names included.
    var hasControlCharacters: Bool {
        switch self {
        case .null, .bool, .int, .number: false
        case .string(let text): text.hasControlCharacters
        case .array(let values): values.contains(where: \.hasControlCharacters)
        case .object(let members): members.contains { $0.key.hasControlCharacters || $0.value.hasControlCharacters }
        }
    }
}
