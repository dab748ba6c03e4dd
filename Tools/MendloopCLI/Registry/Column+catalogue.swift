import DomainContracts
import Foundation

/// The columns of each kind of file, as they are written and in the order in which they are.
extension Column<RegisterCustomer> {
    static var all: [Column] {
        [
            .id("customerId", \.customerId),
            .text("customerNumber", \.customerNumber, "客户编号", "客户编码", "客户号"),
            .text("name", \.name, "客户名称", "名称", "姓名", "客户"),
            .choice(
                "kind", \.kind,
                words: ["个人": .person, "公司": .company, "企业": .company, "单位": .company], "客户类型", "类型"),
            .choice(
                "tier", \.tier,
                words: ["普通": .standard, "重点客户": .keyAccount, "重点": .keyAccount, "VIP": .vip, "贵宾": .vip], "客户等级",
                "等级"),
            .text("industry", \.industry, "行业"),
            .text("phone", \.phone, "电话", "联系电话", "手机", "手机号"),
            .text("email", \.email, "邮箱", "电子邮箱"),
        ] + site(\.site) + [.text("language", \.language, "语言")]
    }
}

extension Column<RegisterDevice> {
    static var all: [Column] {
        [
            .id("deviceId", \.deviceId),
            .text("serialNumber", \.serialNumber, "序列号", "出厂编号", "机身号", "SN"),
            .text("code", \.code, "设备编号", "内部编号", "资产编号", "二维码"),
            .text("brand", \.brand, "品牌"),
            .text("model", \.model, "型号", "产品型号"),
            .text("category", \.category, "类别", "产品类别", "设备类型"),
            .id("customerId", \.customerId),
            .text("customerNumber", \.customerNumber, "客户编号", "客户编码", "客户号"),
            .id("siteId", \.siteId),
        ] + site(\.site) + [
            .text("department", \.department, "部门", "使用部门"),
            .choice(
                "standing", \.standing,
                words: ["在用": .inService, "停用": .outOfService, "报废": .scrapped, "退回": .returned], "设备状态", "状态"),
            .day("purchasedOn", \.purchasedOn, "购买日期", "采购日期"),
            .day("installedOn", \.installedOn, "安装日期"),
            .day("warrantyEndsOn", \.warrantyEndsOn, "保修截止", "质保到期", "保修到期日"),
            .text("contractNumber", \.contractNumber, "合同编号", "合同号"),
        ]
    }
}

extension Column {
    /// Where somebody or something is.
    fileprivate static func site(_ path: WritableKeyPath<Row, ReportedSite?> & Sendable) -> [Column] {
        [
            siteText("address", path, \.address, "地址", "详细地址", "安装地址"),
            siteText("regionCode", path, \.regionCode, "区域代码", "行政区划代码"),
            siteText("accessNotes", path, \.accessNotes, "进门须知", "地址备注"),
            degrees("latitude", path, \.latitude, "纬度"),
            degrees("longitude", path, \.longitude, "经度"),
            Column(
                "site.location.crs", ["crs", "坐标系"],
                read: { cell, row in
                    row[keyPath: path] = (row[keyPath: path] ?? ReportedSite()).located {
                        $0.crs = CoordinateSystem(rawValue: cell)
                    }
                    return nil
                }, write: { $0[keyPath: path]?.location?.crs.rawValue }),
        ]
    }

    private static func siteText(
        _ name: String, _ path: WritableKeyPath<Row, ReportedSite?> & Sendable,
        _ member: WritableKeyPath<ReportedSite, String?> & Sendable, _ aliases: String...
    ) -> Column {
        Column(
            "site.\(name)", [name] + aliases,
            read: { cell, row in
                var site = row[keyPath: path] ?? ReportedSite()
                site[keyPath: member] = cell
                row[keyPath: path] = site
                return nil
            }, write: { $0[keyPath: path]?[keyPath: member] })
    }

    private static func degrees(
        _ name: String, _ path: WritableKeyPath<Row, ReportedSite?> & Sendable,
        _ member: WritableKeyPath<Coordinates, Double> & Sendable, _ alias: String
    ) -> Column {
        Column(
            "site.location.\(name)", [name, alias],
            read: { cell, row in
                guard let value = Double(cell), value.isFinite else { return "degrees such as 39.92" }
                row[keyPath: path] = (row[keyPath: path] ?? ReportedSite()).located { $0[keyPath: member] = value }
                return nil
            }, write: { row in row[keyPath: path]?.location.map { "\($0[keyPath: member])" } })
    }
}

extension ReportedSite {
    /// The site with a place that `change` says more of; Chinese maps' datum until a file says another.
    fileprivate func located(_ change: (inout Coordinates) -> Void) -> ReportedSite {
        var site = self
        // Outside of any range until both degrees have come.
        var location = site.location ?? Coordinates(latitude: .infinity, longitude: .infinity, crs: .gcj02)
        change(&location)
        site.location = location
        return site
    }
}
