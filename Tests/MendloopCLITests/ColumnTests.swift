import ArgumentParser
import DomainContracts
import Foundation
import Tables
import Testing

@testable import MendloopCLI

@Suite("Columns of files that are imported")
struct ColumnTests {
    @Test("headings are understood in English and Chinese, others are mapped, and the rest is left out")
    func headings() throws {
        let plan = try ColumnPlan(
            header: ["客户编号", " Name ", "电 话", "Anlage", "地址", "remark"], known: RegisterCustomer.columns,
            map: [try #require(ColumnMapping(argument: "Anlage=industry"))])
        #expect(
            plan.columns.map { $0?.name }
                == ["customerNumber", "name", "phone", "industry", "site.address", nil])
        #expect(plan.ignored == ["remark"])
    }

    @Test("a file without a known column, two columns of one meaning, or a mapping to nowhere are refused")
    func refused() throws {
        let known = RegisterCustomer.columns
        #expect(throws: ValidationError.self) { try ColumnPlan(header: ["x"], known: known, map: []) }
        #expect(throws: ValidationError.self) { try ColumnPlan(header: ["电话", "phone"], known: known, map: []) }
        for mapping in ["y=name", "x=nothing"] {
            let map = [try #require(ColumnMapping(argument: mapping))]
            #expect(throws: ValidationError.self) { try ColumnPlan(header: ["x"], known: known, map: map) }
        }
        #expect(ColumnMapping(argument: "name") == nil)
    }

    @Test(
        "days are understood as spreadsheets and people spell them",
        arguments: [
            ("2024-06-08", "2024-06-08"), ("2024/6/8", "2024-06-08"), ("2024.06.8", "2024-06-08"),
            ("2024年6月8日", "2024-06-08"), ("20240608", "2024-06-08"), ("2024/6/8 0:00:00", "2024-06-08"),
            ("2024-06-08T00:00:00", "2024-06-08"), ("8.6.2024", "8.6.2024"), ("45451", "45451"), ("soon", "soon"),
        ])
    func days(_ written: String, _ iso: String) {
        #expect(DaySpelling.iso(written) == iso)
    }

    @Test(
        "rows that the registry would take for one customer are found, however their phone is spelled",
        arguments: [
            (["", "13800138000", ""], ["", "+86 138 0013 8000", ""], "phone +8613800138000"),
            (["", "13800138000", "a@b.cn"], ["", "", "A@b.cn"], "e-mail a@b.cn"),
            (["C-1", "13800138000", ""], ["C-1", "13900139000", ""], "number C-1"),
            (["C-1", "13800138000", ""], ["", "138-0013-8000", ""], "phone +8613800138000"),
            (["", "13800138000", ""], ["C-1", "８６１３８００１３８０００", ""], "phone +8613800138000"),
            // Two with numbers may share one, if the registry is told so.
            (["C-1", "13800138000", ""], ["C-2", "13800138000", ""], nil),
            (["", "13800138000", ""], ["", "13800138001", ""], nil),
            (["", "12", ""], ["", "1 2", ""], nil),
        ] as [([String], [String], String?)])
    func oneCustomer(first: [String], second: [String], found: String?) throws {
        let plan = try ColumnPlan(header: ["客户编号", "电话", "邮箱"], known: RegisterCustomer.columns, map: [])
        var reader = RowReader<RegisterCustomer>(plan)
        #expect(reader.read(CSVParser.Row(line: 2, fields: first)).faults == [])
        let faults = reader.read(CSVParser.Row(line: 3, fields: second)).faults
        #expect(faults.map(\.found) == [found].compactMap { $0 })
        #expect(faults.allSatisfy { $0.code == "duplicate-in-file" && $0.expected == "another one than on line 2" })
    }

    @Test(
        "of a past service the amount is read with its currency, whichever comes first; a currency alone is no amount")
    func pastServices() throws {
        let plan = try ColumnPlan(
            header: ["单号", "日期", "币种", "金额", "处理结果"], known: PastService.columns, map: [])
        var reader = RowReader<PastService>(plan)
        let rows = [["O-1", "2024年6月8日", "EUR", "1,120.5", "已修复"], ["O-2", "", "EUR"], ["O-3", "", "", "80"]]
            .enumerated().map { reader.read(CSVParser.Row(line: $0 + 2, fields: $1)) }
        #expect(rows.flatMap(\.faults) == [])
        let sent = PastService.message(rows.map { ($0.line, $0.row) }, dryRun: true).rows.map(\.service)
        #expect(sent.map(\.amount) == [Money(112_050, "EUR"), nil, Money(8_000, "CNY")])
        #expect(sent[0].servicedOn == "2024-06-08" && sent[0].outcome == .fixed)
        #expect(PastService.columns.compactMap { $0.write(sent[0]) }.contains("1120.50"))
        #expect(reader.read(CSVParser.Row(line: 9, fields: ["O-4", "", "", "x"])).faults.map(\.column) == ["金额"])
    }

    @Test(
        "cells become members; one that cannot be read, a row that the file has twice and broken text are told by column"
    )
    func cells() throws {
        let plan = try ColumnPlan(
            header: ["SN", "客户编号", "状态", "纬度", "经度", "购买日期"], known: RegisterDevice.columns, map: [])
        var reader = RowReader<RegisterDevice>(plan)
        let good = reader.read(CSVParser.Row(line: 2, fields: ["ac-1", "C-1", "停用", "39.9", "116.4", "2024/6/8"]))
        #expect(good.faults == [])
        #expect(good.row.standing == .outOfService)
        #expect(good.row.site?.location == Coordinates(latitude: 39.9, longitude: 116.4, crs: .gcj02))
        #expect(good.row.purchasedOn == "2024-06-08")
        let faults = [
            ["AC-1", "C-1"], ["AC-2", "C-1", "", "north"], ["AC-3", "C\u{fffd}"],
            ["AC-4", "C-1", "", "", "", "", "surplus"],
        ].enumerated().map { reader.read(CSVParser.Row(line: $0 + 3, fields: $1)).faults }
        #expect(
            faults.map { $0.map { "\($0.line) \($0.column) \($0.code)" } } == [
                ["3  duplicate-in-file"], ["4 纬度 unreadable"], ["5 客户编号 undecodable"], ["6  too-many-fields"],
            ])
    }

    @Test("what is written is read again as it was")
    func roundTrip() throws {
        let device = RegisterDevice(
            deviceId: UUID(), serialNumber: "AC-1", code: "QR-1", brand: "Acme", model: "M", category: "空调",
            customerId: UUID(), customerNumber: "C-1", siteId: UUID(),
            site: ReportedSite(
                address: "北京市, 1", regionCode: "110105", accessNotes: "ring \"twice\"",
                location: Coordinates(latitude: 39.92, longitude: 116.44, crs: .wgs84)),
            department: "后厨", standing: .scrapped, purchasedOn: "2024-06-18", installedOn: "2024-06-25",
            warrantyEndsOn: "2030-06-24", contractNumber: "CT-1")
        let columns = RegisterDevice.columns
        var reader = RowReader<RegisterDevice>(try ColumnPlan(header: columns.map(\.name), known: columns, map: []))
        let line = CSVWriter.line(columns.map { $0.write(device) ?? "" })
        let read = reader.read(try #require(try CSVParser.rows(line).first))
        #expect(read.faults == [])
        #expect(read.row == device)
    }
}
