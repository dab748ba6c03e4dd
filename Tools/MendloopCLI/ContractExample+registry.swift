import DomainContracts

extension ContractExample {
    /// What becomes known before anything breaks.
    static let registry = [
        ContractExample(
            RegisterCustomer.self, by: .user,
            #"""
            {"customerNumber": "$new-text", "name": "王敏", "kind": "person", "industry": "retail",
             "email": "wangmin@example.com", "language": "zh-Hans",
             "site": {"address": "北京市朝阳区建国路 1 号 2 单元 301", "regionCode": "110105"}}
            """#),
        ContractExample(
            RegisterSite.self, by: .user,
            #"""
            {"customerId": "$given", "name": "二号厂房", "address": "北京市大兴区科创街 8 号", "regionCode": "110115",
             "location": {"latitude": 39.79, "longitude": 116.51, "crs": "gcj02"}}
            """#),
        ContractExample(
            RegisterContact.self, by: .user,
            #"{"customerId": "$given", "name": "门卫", "phone": "010-66550000", "role": "facility manager"}"#),
        ContractExample(
            RegisterProductModel.self, by: .user,
            #"""
            {"brand": "Acme", "model": "KFR-35GW", "name": "1.5 匹挂机", "category": "Aircon/dehumidifier",
             "warrantyMonths": 72, "billOfMaterials": [{"partNumber": "P-COMP-9", "quantity": 1, "name": "压缩机"}]}
            """#),
        ContractExample(
            RegisterDevice.self, by: .user,
            #"""
            {"serialNumber": "$new-text", "brand": "Acme", "model": "KFR-35GW", "customerId": "$given",
             "department": "后厨", "standing": "in_service", "purchasedOn": "2024-06-18", "installedOn": "2024-06-25"}
            """#),
        ContractExample(
            ImportRegistryRows.self, by: .user,
            #"""
            {"dryRun": true, "rows": [
                {"line": 2, "customer": {"customerNumber": "C-10042", "name": "王敏", "phone": "13800138000"}},
                {"line": 3, "device": {"serialNumber": "AC-2024-000918", "customerNumber": "C-10042"}}]}
            """#),
        ContractExample(
            MergeCustomers.self, by: .user,
            #"{"customerId": "$given", "intoCustomerId": "$given", "reason": "same person, two phones"}"#),
        ContractExample(
            EraseCustomer.self, by: .user,
            #"{"customerId": "$given", "reason": "asked for by himself, letter 2026-117"}"#),
        ContractExample(UnmergeCustomers.self, by: .user, #"{"customerId": "$given", "reason": "father and son"}"#),
        ContractExample(
            MergeDevices.self, by: .user,
            #"{"deviceId": "$given", "intoDeviceId": "$given", "reason": "one machine, two labels"}"#),
        ContractExample(
            UnmergeDevices.self, by: .user, #"{"deviceId": "$given", "reason": "two machines after all"}"#),
        ContractExample(
            ImportPastServices.self, by: .user,
            #"""
            {"dryRun": true, "rows": [{"line": 2, "service": {
                "reference": "$new-text", "servicedOn": "2024-06-18", "customerNumber": "C-1001", "deviceSerial": "AC-1",
                "problem": "漏油", "workDone": "更换密封圈", "engineerName": "李强", "outcome": "fixed",
                "amount": {"amount": 12000, "currency": "CNY"}}}]}
            """#),
    ]
}
