import DomainContracts
import Foundation
import Testing

@testable import MendloopCLI

@Suite("What happened to the clocks, in words")
struct ExplainTests {
    private let timeline: SLATimeline

    init() throws {
        func at(_ text: String) throws -> Date { try #require(RFC3339.parse(text)) }
        let state = ClockState(
            clock: .resolution, status: .running, targetSeconds: 6_300 * 60, startedAt: try at("2026-02-13T02:00:00Z"),
            dueAt: try at("2026-03-13T03:00:00Z"), pausedSeconds: 90_000)
        let steps = [
            ClockStep(
                at: try at("2026-02-13T02:00:00Z"), what: .started, targetSeconds: 3_150 * 60, policyVersion: 1,
                clause: "/levels/2/targets/2", calendar: "working_hours", calendarVersion: 2, elapsedSeconds: 0,
                dueAt: try at("2026-03-02T02:00:00Z")),
            ClockStep(
                at: try at("2026-02-13T03:30:00Z"), what: .paused, reason: "awaiting_quote", elapsedSeconds: 5_400),
            ClockStep(
                at: try at("2026-02-13T06:00:00Z"), what: .targetChanged, targetSeconds: 6_300 * 60, policyVersion: 2,
                clause: "/levels/2/targets/2", elapsedSeconds: 5_400),
            ClockStep(
                at: try at("2026-02-14T04:30:00Z"), what: .resumed, elapsedSeconds: 5_400,
                dueAt: try at("2026-03-13T03:00:00Z")),
            ClockStep(
                at: try at("2026-03-11T03:00:00Z"), what: .escalated, toRole: "supervisor", elapsedSeconds: 300_000,
                dueAt: try at("2026-03-13T03:00:00Z")),
        ]
        timeline = SLATimeline(
            found: true, workOrderNumber: "WO-20260213-000042", status: .inProgress, priority: .p3,
            serviceType: .repair,
            entitlement: Entitlement(
                kind: .contract, contractNumber: "MC-1", cover: Cover(labour: true, parts: true, travel: true),
                responseLevel: .standard, reason: CodedReason(code: "contract_covers_device")),
            at: try at("2026-03-11T04:00:00Z"),
            clocks: [
                ClockTimeline(
                    state: state, calendar: "working_hours", calendarVersion: 2, zone: "Asia/Shanghai",
                    elapsedSeconds: 301_800, steps: steps,
                    specialDays: [
                        SpecialDay(date: "2026-02-14", minutes: 450, name: "春节"),
                        SpecialDay(date: "2026-02-17", minutes: 0, name: "春节"),
                    ])
            ])
    }

    @Test("in English")
    func english() {
        #expect(
            timeline.text(in: .en) == """
                WO-20260213-000042 in_progress p3 repair
                level standard by contract MC-1 (contract_covers_device)
                as of 2026-03-11 12:00, times of Asia/Shanghai

                resolution: running, due 2026-03-13 11:00
                  2026-02-13 10:00  started: 52 h 30 min by service levels version 1 /levels/2/targets/2, in calendar \
                working_hours version 2; due 2026-03-02 10:00
                  2026-02-13 11:30  paused because a quote is before the customer, 1 h 30 min used
                  2026-02-13 14:00  new target: 105 h by service levels version 2 /levels/2/targets/2
                  2026-02-14 12:30  resumed, 1 h 30 min used; due 2026-03-13 11:00
                  2026-03-11 11:00  told to the supervisor, 83 h 20 min used
                  83 h 50 min of 105 h used, 25 h taken out by pauses
                  2026-02-14 春节 counts, 7 h 30 min
                  2026-02-17 春节 does not count
                """)
    }

    @Test("in Chinese")
    func chinese() {
        #expect(
            timeline.text(in: .zh) == """
                WO-20260213-000042 in_progress p3 repair
                服务级别 standard，依据 contract MC-1（contract_covers_device）
                截至 2026-03-11 12:00，时区 Asia/Shanghai

                解决: 计时中，截止 2026-03-13 11:00
                  2026-02-13 10:00  开始计时：52 小时 30 分钟，依据服务级别第 1 版 /levels/2/targets/2，工作日历 \
                working_hours 第 2 版；截止 2026-03-02 10:00
                  2026-02-13 11:30  暂停，原因：待客户确认报价；已用 1 小时 30 分钟
                  2026-02-13 14:00  目标变更：105 小时，依据服务级别第 2 版 /levels/2/targets/2
                  2026-02-14 12:30  恢复计时，已用 1 小时 30 分钟；截止 2026-03-13 11:00
                  2026-03-11 11:00  已升级至主管，已用 83 小时 20 分钟
                  目标 105 小时，已用 83 小时 50 分钟，暂停共扣除 25 小时
                  2026-02-14 春节 计时，7 小时 30 分钟
                  2026-02-17 春节 不计时
                """)
    }

    @Test("every contract and warranty that applied, and what each decided")
    func clauses() {
        let (labour, parts) = (
            Cover(labour: true, parts: false, travel: false), Cover(labour: false, parts: true, travel: false)
        )
        let several = Entitlement(
            kind: .contract, contractNumber: "MC-1", cover: labour.union(parts), responseLevel: .fourHour,
            reason: CodedReason(code: "contract_and_warranty"),
            clauses: [
                EntitlementClause(
                    kind: .contract, contractNumber: "MC-1", contractType: .maintenance, cover: labour,
                    responseLevel: .fourHour, reason: CodedReason(code: "contract_covers_device"),
                    decided: [.priority, .responseLevel, .labour]),
                EntitlementClause(
                    kind: .contract, contractNumber: "PC-2", contractType: .perCall, cover: .nothing,
                    responseLevel: .standard, reason: CodedReason(code: "contract_covers_customer")),
                EntitlementClause(
                    kind: .warranty, cover: parts, responseLevel: .nextDay,
                    reason: CodedReason(code: "in_parts_warranty"), decided: [.parts]),
            ])
        #expect(
            ClockWords.en.entitled(several) == """
                level four_hour by contract MC-1 (contract_and_warranty)
                  maintenance contract MC-1 (contract_covers_device): decides priority, level, labour
                  per_call contract PC-2 (contract_covers_customer): applies, and gives nothing more
                  warranty (in_parts_warranty): decides parts
                """)
        #expect(
            ClockWords.zh.entitled(several).hasSuffix("\n  warranty（in_parts_warranty）：决定备件费"))
    }
}
