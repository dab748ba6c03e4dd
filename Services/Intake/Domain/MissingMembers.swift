import DomainContracts

/// What a report must still say before it can become a work order.
enum MissingMembers {
    /// JSON pointers, empty when nothing is missing.
    ///
    /// - Parameter siteKnown: the customer or device has a site that we know.
    static func of(_ report: ReportRepair, siteKnown: Bool) -> [String] {
        var missing: [String] = []
        if report.problem == nil { missing.append("/data/problem") }
        if report.serviceType == nil { missing.append("/data/serviceType") }
        let isThere = report.site?.address != nil || report.site?.regionCode != nil || report.site?.location != nil
        if report.mode == .onSite, !isThere, !siteKnown { missing.append("/data/site") }
        return missing
    }
}

extension ReportRepair {
    /// Where the service happens when the sender did not say.
    var mode: ServiceMode { serviceMode ?? (serviceType == .consultation ? .remote : .onSite) }
    /// What we write in when the sender named no language.
    var writtenLanguage: String { language ?? "zh-Hans" }
}
