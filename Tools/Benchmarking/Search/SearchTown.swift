import DomainContracts

/// Customers, devices and reports, each made of its number: the same on every machine.
struct SearchTown: Sendable {
    let devices: Int
    /// One for so many devices.
    var customers: Int { max(1, devices / 50) }
    /// Reported devices.
    var reports: Int { max(1, devices / 40) }

    private static let families = ["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "林"]
    private static let given = ["敏", "伟", "芳", "娜", "秀英", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明"]
    private static let models = ["KFR-35GW", "KFR-72LW", "BCD-528", "XQG-100", "JSQ-25", "CXW-260"]
    private static let categories = ["空调", "立式空调", "冰箱", "洗衣机", "热水器", "油烟机"]
    private static let brands = ["Acme", "Waschbaer", "Northwind", "海风"]
    private static let problems = ["空调漏油，启动有异响", "不制冷", "排水管堵塞", "面板不亮", "噪音大", "遥控器失灵", "漏水", "跳闸"]

    func customer(_ number: Int) -> RegisterCustomer {
        let mixed = Self.mixed(number)
        return RegisterCustomer(
            customerNumber: "C-\(100_000 + number)",
            name: Self.families[mixed % 16] + Self.given[mixed / 16 % 16] + Self.given[mixed / 256 % 16],
            kind: .person, phone: phone(number),
            site: ReportedSite(address: "北京市朝阳区建国路 \(number) 号", regionCode: "110105"))
    }

    /// Eleven digits, without a prefix.
    func phone(_ number: Int) -> String { "13" + String(String(1_000_000_000 + Self.mixed(number)).dropFirst()) }

    func device(_ number: Int) -> RegisterDevice {
        let mixed = Self.mixed(number)
        let model = mixed % Self.models.count
        return RegisterDevice(
            serialNumber: serial(number), brand: Self.brands[mixed % Self.brands.count], model: Self.models[model],
            category: Self.categories[model], customerNumber: "C-\(100_000 + number % customers)",
            standing: .inService, purchasedOn: "2024-06-\(10 + mixed % 20)")
    }

    func serial(_ number: Int) -> String { "AC" + String(String(1_000_000_000 + Self.mixed(number)).dropFirst()) }

    func report(_ number: Int) -> ReportRepair {
        ReportRepair(
            channel: Speech.channel, externalId: "search-\(number)",
            customer: ReportedCustomer(phone: phone(number % customers)),
            device: ReportedDevice(serialNumber: serial(number * 40)), serviceType: .repair,
            problem: Self.problems[number % Self.problems.count])
    }

    /// Nine digits that look as if they were drawn, each once: the step has no divisor in common with 10⁹.
    private static func mixed(_ number: Int) -> Int { number &* 618_033_989 % 1_000_000_000 }
}

/// One kind of search, and the token by which the index answers it.
struct SearchQuestion: Sendable {
    let name: String
    let text: @Sendable (SearchTown, Int) -> String
    let token: @Sendable (SearchTown) -> String

    static let all = [
        SearchQuestion(name: "漏油", text: { _, _ in "漏油" }, token: { _ in "漏油" }),
        SearchQuestion(
            name: "a serial number's last four",
            text: { town, number in String(town.serial(number * 37 % town.devices).suffix(4)) },
            token: { "$" + $0.serial(1).suffix(4) }),
        SearchQuestion(
            name: "a phone without its prefix",
            text: { town, number in town.phone(number * 7 % town.customers) }, token: { "=" + $0.phone(1) }),
    ]
}
