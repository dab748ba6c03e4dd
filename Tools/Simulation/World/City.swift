import DomainContracts

/// The town the simulation plays in: districts on a grid of about 4 km, with region codes as Chinese addresses have them.
enum City {
    struct District: Sendable {
        var regionCode: String
        var name: String
        var latitude: Double
        var longitude: Double
    }

    static let districts: [District] = zip(names, 0...).map { name, index in
        District(
            regionCode: "1101" + (index < 9 ? "0" : "") + "\(index + 1)", name: name,
            latitude: 39.86 + Double(index / 4) * 0.036, longitude: 116.30 + Double(index % 4) * 0.047)
    }

    /// The code that covers all districts.
    static let wholeCity = "1101"

    private static let names = [
        "东城", "西城", "南城", "北城", "朝阳", "望京", "酒仙桥", "亚运村", "海淀", "中关村", "上地", "清河", "丰台", "方庄",
        "石景山", "亦庄",
    ]

    /// A place in the district, up to about a kilometre from its middle.
    static func place(in district: District, _ fate: Fate) -> Coordinates {
        Coordinates(
            latitude: rounded(district.latitude + (fate.draw("latitude") - 0.5) * 0.02),
            longitude: rounded(district.longitude + (fate.draw("longitude") - 0.5) * 0.02), crs: .gcj02)
    }

    /// Six decimals: a tenth of a metre.
    private static func rounded(_ degrees: Double) -> Double { (degrees * 1_000_000).rounded() / 1_000_000 }
}
