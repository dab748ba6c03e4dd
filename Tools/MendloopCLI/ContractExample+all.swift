import DomainContracts

extension ContractExample {
    /// Every command of the closed loop, in the order of the services and of a work order's life.
    static let all =
        intake + triage + registry + maintenance + dispatch + fieldService + inventory + billing + feedback + console

    private static let intake = [
        ContractExample(
            ReportRepair.self, by: .adapter,
            #"""
            {"channel": "wechat", "externalId": "$new-text", "reportedAt": "$now",
             "customer": {"name": "王敏", "phone": "13800138000", "kind": "person", "channelUserId": "oX3kd"},
             "device": {"serialNumber": "AC-2024-000917", "model": "KFR-35GW", "category": "Aircon/dehumidifier",
                        "brand": "Acme", "purchasedOn": "2024-06-18", "state": "down"},
             "serviceType": "repair", "serviceMode": "on-site", "urgency": "normal", "safetyHazard": false,
             "problem": "空调漏油，启动有异响",
             "site": {"address": "北京市朝阳区建国路 1 号 2 单元 301", "regionCode": "110105",
                      "location": {"latitude": 39.92, "longitude": 116.44, "crs": "gcj02"}},
             "preferredWindows": [{"start": "$now+24h", "end": "$now+27h"}], "language": "zh-Hans"}
            """#),
        ContractExample(
            CompleteRequest.self, by: .user,
            #"""
            {"requestId": "$given", "problem": "漏油", "serviceType": "repair", "serviceMode": "on-site",
             "device": {"model": "KFR-35GW", "category": "Aircon/dehumidifier"},
             "site": {"address": "北京市朝阳区建国路 1 号", "regionCode": "110105",
                      "location": {"latitude": 39.92, "longitude": 116.44, "crs": "gcj02"}}}
            """#),
        ContractExample(
            MergeWorkOrder.self, by: .user,
            #"{"workOrderId": "$given", "intoWorkOrderId": "$given", "reason": "same fault, reported twice"}"#),
        ContractExample(
            ResolveRemotely.self, by: .user,
            #"{"workOrderId": "$given", "remedy": "reset by the remote control", "minutes": 12}"#),
        ContractExample(
            HoldWorkOrder.self, by: .user,
            #"{"workOrderId": "$given", "reason": "customer_wish", "resumeOn": "$now+7d", "note": "customer travels"}"#),
        ContractExample(ResumeWorkOrder.self, by: .user, #"{"workOrderId": "$given", "note": "customer is back"}"#),
        ContractExample(CancelWorkOrder.self, by: .user, #"{"workOrderId": "$given", "reason": "customer_request"}"#),
        ContractExample(ReopenWorkOrder.self, by: .user, #"{"workOrderId": "$given", "reason": "leaks again"}"#),
        ContractExample(
            SetBusinessCalendar.self, by: .user,
            #"""
            {"name": "berlin", "calendar": {"zone": "Europe/Berlin",
             "week": [{"weekdays": [1, 2, 3, 4, 5], "shifts": ["08:00-12:00", "12:30-16:30"]}],
             "exceptions": [{"date": "2026-12-25", "shifts": [], "name": "Weihnachten"}]}}
            """#),
        ContractExample(
            PublishServiceLevels.self, by: .user,
            #"""
            {"serviceLevels": {"name": "one for all", "warnAtPercent": 80, "levels": [{"level": "standard",
             "calendar": "working_hours", "targets": [
                {"priority": "p1", "response": 30, "acceptance": 60, "arrival": 240, "resolution": 900},
                {"priority": "p2", "response": 60, "acceptance": 120, "arrival": 450, "resolution": 1350},
                {"priority": "p3", "response": 120, "acceptance": 240, "arrival": 900, "resolution": 2250},
                {"priority": "p4", "response": 240, "acceptance": 450, "arrival": 1350, "resolution": 3150}],
             "escalation": [{"toRole": "supervisor", "atPercent": 100}]}],
             "pauses": [{"clock": "resolution", "reasons": ["awaiting_customer"]}]}}
            """#),
    ]

    private static let dispatch = [
        ContractExample(
            RegisterEngineer.self, by: .user,
            #"""
            {"engineerId": "$new", "employeeNumber": "$new-text", "name": "张伟", "grade": "senior", "branch": "beijing",
             "team": "chaoyang", "hourlyRate": {"amount": 8000, "currency": "CNY"},
             "skills": [{"skill": "aircon", "level": 3}], "regionCodes": ["1101"],
             "home": {"latitude": 39.92, "longitude": 116.44, "crs": "gcj02"}}
            """#),
        ContractExample(
            SetShift.self, by: .user,
            #"""
            {"engineerId": "$given", "utcOffsetMinutes": 480,
             "weekly": [{"weekday": 1, "startMinute": 540, "endMinute": 1080}]}
            """#),
        ContractExample(
            SetLeave.self, by: .user,
            #"""
            {"engineerId": "$given",
             "absences": [{"window": {"start": "$now", "end": "$now+24h"}, "kind": "sick"}]}
            """#),
        ContractExample(
            SetCustomerEngineers.self, by: .user,
            #"""
            {"customerId": "$given", "preferredEngineerIds": [], "excludedEngineerIds": ["$given"],
             "note": "asked for by telephone"}
            """#),
        ContractExample(OfferSlots.self, by: .user, #"{"workOrderId": "$given", "count": 3}"#),
        ContractExample(
            BookSlot.self, by: .engineer,
            #"{"assignmentId": "$given", "window": {"start": "$now+24h", "end": "$now+27h"}}"#),
        ContractExample(
            RebookSlot.self, by: .user,
            #"""
            {"workOrderId": "$given", "window": {"start": "$now+48h", "end": "$now+51h"}, "initiatedBy": "customer",
             "reason": "has to work"}
            """#),
        ContractExample(
            AssignEngineer.self, by: .user,
            #"{"workOrderId": "$given", "engineerId": "$given", "reason": "knows the site"}"#),
        ContractExample(PinVisit.self, by: .user, #"{"assignmentId": "$given", "pinned": true}"#),
        ContractExample(SetHelpers.self, by: .user, #"{"assignmentId": "$given", "helperIds": ["$given"]}"#),
        ContractExample(
            SetRules.self, by: .user,
            #"""
            {"rules": {"name": "seniors first", "hard": [{"rule": "skill"}, {"rule": "territory"}],
                       "soft": [{"rule": "travel", "cost": 1}, {"rule": "sla_slack", "cost": 1},
                                {"rule": "junior_on_urgent", "when": {"==": [{"var": "workOrder.priority"}, "p1"]},
                                 "cost": {"if": [{"==": [{"var": "engineer.grade"}, "senior"]}, 0, 30]}}]}}
            """#),
        ContractExample(
            AcceptAssignment.self, by: .engineer, #"{"assignmentId": "$given", "engineerId": "$given"}"#),
        ContractExample(
            DeclineAssignment.self, by: .engineer,
            #"{"assignmentId": "$given", "engineerId": "$given", "reason": "too_far"}"#),
    ]

    private static let fieldService = [
        ContractExample(DepartForVisit.self, by: .engineer, #"{"visitId": "$given", "engineerId": "$given"}"#),
        ContractExample(
            CheckIn.self, by: .engineer,
            #"""
            {"visitId": "$given", "engineerId": "$given",
             "position": {"latitude": 39.92, "longitude": 116.44, "crs": "gcj02", "accuracy": 12.5}}
            """#),
        ContractExample(StartWork.self, by: .engineer, #"{"visitId": "$given", "engineerId": "$given"}"#),
        ContractExample(
            PauseVisit.self, by: .engineer, #"{"visitId": "$given", "engineerId": "$given", "reason": "lunch"}"#),
        ContractExample(ResumeVisit.self, by: .engineer, #"{"visitId": "$given", "engineerId": "$given"}"#),
        ContractExample(
            RecordFinding.self, by: .engineer,
            #"""
            {"findingId": "$new", "visitId": "$given", "engineerId": "$given", "problemCode": "oil_leak",
             "causeCode": "seal_worn", "remedyCode": "replace_compressor", "misuse": false, "estimatedMinutes": 60,
             "plannedParts": [{"partCode": "COMP-KFR35-01", "quantity": 1}]}
            """#),
        ContractExample(
            RequestParts.self, by: .engineer,
            #"""
            {"partRequestId": "$new", "visitId": "$given", "engineerId": "$given", "reason": "missing",
             "lines": [{"lineId": "$new", "partCode": "COMP-KFR35-01", "quantity": 1}]}
            """#),
        ContractExample(
            UsePart.self, by: .engineer,
            #"""
            {"usageId": "$new", "visitId": "$given", "engineerId": "$given", "partCode": "COMP-KFR35-01",
             "quantity": 1, "serialFitted": "CP-88121", "serialRemoved": "CP-40077"}
            """#),
        ContractExample(
            EndVisit.self, by: .engineer,
            #"""
            {"visitId": "$given", "engineerId": "$given", "reason": "work_done", "outcome": "fixed", "workMinutes": 75,
             "travelMinutes": 30, "note": "runs quietly"}
            """#),
        ContractExample(
            ConfirmCompletion.self, by: .customer,
            #"{"workOrderId": "$given", "signedBy": "王敏", "channelUserId": "oX3kd"}"#),
        ContractExample(
            DisputeCompletion.self, by: .customer,
            #"{"workOrderId": "$given", "reason": "still leaks", "channelUserId": "oX3kd"}"#),
    ]

    private static let inventory = [
        ContractExample(
            ReceiveStock.self, by: .user,
            #"""
            {"receiptId": "$new", "locationCode": "depot/main", "partCode": "COMP-KFR35-01",
             "partName": "Compressor KFR-35", "quantity": 20, "unitCost": {"amount": 6200, "currency": "CNY"},
             "reference": "$new-text"}
            """#),
        ContractExample(ApprovePartRequest.self, by: .user, #"{"partRequestId": "$given"}"#),
        ContractExample(IssueParts.self, by: .user, #"{"partRequestId": "$given"}"#),
        ContractExample(
            ReturnParts.self, by: .user,
            #"""
            {"returnId": "$new", "partRequestId": "$given",
             "lines": [{"lineId": "$given", "quantity": 1, "condition": "good"}]}
            """#),
    ]

    private static let billing = [
        ContractExample(ApproveEstimate.self, by: .user, #"{"estimateId": "$given", "note": "fine"}"#),
        ContractExample(RejectEstimate.self, by: .user, #"{"estimateId": "$given", "reason": "too dear"}"#),
        ContractExample(AcceptQuote.self, by: .customer, #"{"estimateId": "$given", "channelUserId": "oX3kd"}"#),
        ContractExample(
            RefuseQuote.self, by: .customer,
            #"{"estimateId": "$given", "reason": "too expensive", "channelUserId": "oX3kd"}"#),
        ContractExample(
            RecordPayment.self, by: .user,
            #"""
            {"paymentId": "$new", "workOrderId": "$given", "amount": {"amount": 12500, "currency": "CNY"},
             "method": "bank_transfer", "reference": "$new-text"}
            """#),
        ContractExample(
            RecordTaxInvoice.self, by: .user,
            #"""
            {"workOrderId": "$given", "invoiceNumber": "26112000000123456789", "kind": "blue",
             "amount": {"amount": 12500, "currency": "CNY"}, "tax": {"amount": 1438, "currency": "CNY"}}
            """#),
        ContractExample(ClosePeriod.self, by: .user, #"{"book": "main", "month": "2026-10"}"#),
        ContractExample(
            CollectPayment.self, by: .engineer,
            #"""
            {"paymentId": "$new", "workOrderId": "$given", "engineerId": "$given",
             "amount": {"amount": 12500, "currency": "CNY"}, "method": "cash"}
            """#),
        ContractExample(
            RemitCash.self, by: .engineer,
            #"""
            {"remittanceId": "$new", "engineerId": "$given", "amount": {"amount": 12500, "currency": "CNY"},
             "reference": "$new-text"}
            """#),
        ContractExample(ReplayLedger.self, by: .user, #"{"book": "main", "series": 1, "from": 1, "to": 100}"#),
        ContractExample(
            RegisterContract.self, by: .user,
            #"""
            {"contractId": "$new", "contractNumber": "$new-text", "contractType": "maintenance",
             "customerNumber": "C-10042", "responseLevel": "next_day",
             "cover": {"labour": true, "parts": false, "travel": true}, "deviceSerials": ["AC-2024-000917"],
             "startsOn": "$now-30d", "endsOn": "$now+335d", "price": {"amount": 98000, "currency": "CNY"},
             "visitQuota": 4}
            """#),
        ContractExample(
            ImportContracts.self, by: .user,
            #"""
            {"dryRun": true, "rows": [{"line": 2, "contract":
                {"contractId": "$new", "contractNumber": "$new-text", "contractType": "maintenance",
                 "customerNumber": "C-10042", "responseLevel": "next_day",
                 "cover": {"labour": true, "parts": false, "travel": true}, "startsOn": "$now-30d",
                 "endsOn": "$now+335d", "price": {"amount": 98000, "currency": "CNY"}}}]}
            """#),
    ]

    private static let feedback = [
        ContractExample(
            AnswerSurvey.self, by: .customer,
            #"""
            {"surveyId": "$given", "satisfaction": 5, "recommendation": 9, "effort": 6, "fixed": true,
             "comment": "师傅很专业", "channelUserId": "oX3kd"}
            """#),
        ContractExample(
            CompleteFollowUp.self, by: .user,
            #"{"followUpId": "$given", "result": "satisfied", "fixed": true, "satisfaction": 4}"#),
        ContractExample(
            ConfirmDelivery.self, by: .adapter, #"{"notificationId": "$given", "status": "delivered"}"#),
    ]

    private static let console = [
        ContractExample(RebuildReadModels.self, by: .user, "{}"),
        // The hash is of no password.
        ContractExample(
            AddUser.self, by: .user,
            """
            {"login": "$new-text", "name": "赵磊", "roles": ["agent"], "regionCodes": [], "passwordHash": "\(nobodysHash)"}
            """),
        ContractExample(ChangeUser.self, by: .user, #"{"login": "zhao.lei", "roles": ["agent", "dispatcher"]}"#),
        ContractExample(BlockUser.self, by: .user, #"{"login": "zhao.lei"}"#),
        ContractExample(UnblockUser.self, by: .user, #"{"login": "zhao.lei"}"#),
        ContractExample(
            SetPassword.self, by: .user,
            """
            {"login": "zhao.lei", "passwordHash": "\(nobodysHash)", "isOneTime": true, "isSamePassword": false}
            """),
    ]

    private static let nobodysHash =
        "scrypt:n=32768,r=8,p=3:AAECAwQFBgcICQoLDA0ODw:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
}
