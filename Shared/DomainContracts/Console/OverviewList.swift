/// What a customer or device has many of: the answer about everything holds the first of each, and names those of which there is more.
public struct OverviewList: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let contacts = OverviewList(rawValue: "contacts")
    public static let sites = OverviewList(rawValue: "sites")
    public static let devices = OverviewList(rawValue: "devices")
    public static let contracts = OverviewList(rawValue: "contracts")
    public static let pastServices = OverviewList(rawValue: "past_services")

    public static let known: [OverviewList] = [.contacts, .sites, .devices, .contracts, .pastServices]
}
