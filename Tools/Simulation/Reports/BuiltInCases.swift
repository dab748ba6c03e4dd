/// The data set of our own: everyday faults as people report them, Chinese and English, written for this project.
enum BuiltInCases {
    /// As many cases as asked for, the set repeated with new ids as often as needed.
    static func cases(_ count: Int) -> [RepairCase] {
        (0..<count).map { index in
            var repaired = all[index % all.count]
            repaired.id = "mendloop-\(index + 1)"
            return repaired
        }
    }

    static let all: [RepairCase] = text.split(separator: "\n").compactMap { line in
        let parts = line.split(separator: "|", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 6 else { return nil }
        return RepairCase(
            id: "", category: parts[0], brand: parts[1].isEmpty ? nil : parts[1],
            problem: parts[4].isEmpty ? nil : parts[4], result: RepairCase.Result(rawValue: parts[2]) ?? .unknown,
            barrier: parts[3].isEmpty ? nil : parts[3], language: parts[5])
    }

    /// category | brand | result | barrier | problem | language
    private static let text = """
        Aircon/dehumidifier|北岭|Fixed||空调漏油，启动有异响|zh-Hans
        Aircon/dehumidifier|北岭|Fixed||空调不制冷，外机不转|zh-Hans
        Aircon/dehumidifier|海棠|Repairable||内机滴水，滴到地板上|zh-Hans
        Aircon/dehumidifier|海棠|Fixed||遥控器没反应，面板显示 E4|zh-Hans
        Aircon/dehumidifier|Northridge|Fixed||Blows warm air after ten minutes|en
        Aircon/dehumidifier|Northridge|End of life|Spare parts not available|Compressor hums but does not start|en
        Water heater|海棠|Fixed||热水器打不着火|zh-Hans
        Water heater|海棠|Repairable||热水忽冷忽热，水压正常|zh-Hans
        Water heater|青禾|Fixed||热水器漏水，底部有水迹|zh-Hans
        Water heater|青禾|End of life|Item too worn out|内胆生锈，水发黄|zh-Hans
        Water heater|Larkfield|Fixed||No hot water, pilot light goes out|en
        Washing machine|青禾|Fixed||洗衣机脱水时剧烈震动|zh-Hans
        Washing machine|青禾|Fixed||洗完不排水，报故障 E2|zh-Hans
        Washing machine|北岭|Repairable||洗衣机门打不开|zh-Hans
        Washing machine|北岭|Unknown||洗衣机中途停机|zh-Hans
        Washing machine|Larkfield|Fixed||Leaks from the door seal|en
        Washing machine|Larkfield|End of life|Spare parts too expensive|Drum bearing grinds loudly|en
        Refrigerator|海棠|Fixed||冰箱冷藏室结冰|zh-Hans
        Refrigerator|海棠|Repairable||冰箱一直响，压缩机不停|zh-Hans
        Refrigerator|青禾|Fixed||冷冻室不冻，门关不严|zh-Hans
        Refrigerator|Northridge|Fixed||Light works, cooling does not|en
        Refrigerator|Northridge|End of life|Item too worn out|Refrigerant leak, repaired twice before|en
        Elevator|升达|Fixed||电梯开门后不关门|zh-Hans
        Elevator|升达|Repairable||电梯平层不准，差两厘米|zh-Hans
        Elevator|升达|Fixed||轿厢照明不亮|zh-Hans
        Elevator|升达|Unknown||电梯偶发停在三楼|zh-Hans
        Elevator|Ascentra|Fixed||Door reopens for no reason|en
        Printer/scanner|墨川|Fixed||打印机卡纸|zh-Hans
        Printer/scanner|墨川|Fixed||打印有竖条纹|zh-Hans
        Printer/scanner|墨川|Repairable||扫描仪灯不亮|zh-Hans
        Printer/scanner|Inkwell|Fixed||Feeds three sheets at once|en
        Printer/scanner|Inkwell|End of life|Spare parts not available|Fuser error after warm-up|en
        Range hood|青禾|Fixed||油烟机吸力变小|zh-Hans
        Range hood|青禾|Fixed||油烟机漏油到灶台|zh-Hans
        Range hood|海棠|Repairable||按键失灵，灯常亮|zh-Hans
        Range hood|Larkfield|Fixed||Rattles on the highest speed|en
        Water purifier|清源|Fixed||净水器不出水|zh-Hans
        Water purifier|清源|Fixed||滤芯换后指示灯不灭|zh-Hans
        Water purifier|清源|Repairable||净水器一直排废水|zh-Hans
        Water purifier|Clearbrook|Fixed||Drips under the sink|en
        Flat screen|墨川|Fixed||电视有声音没图像|zh-Hans
        Flat screen|墨川|End of life|Spare parts too expensive|屏幕左侧有彩色竖线|zh-Hans
        Flat screen|Inkwell|Repairable||Turns itself off after an hour|en
        Flat screen|Inkwell|Fixed||Remote does nothing|en
        Medical analyser|康衡|Fixed||生化仪加样针报错|zh-Hans
        Medical analyser|康衡|Repairable||温控偏高 0.5 度|zh-Hans
        Medical analyser|康衡|Fixed||开机自检不过，提示光路|zh-Hans
        Medical analyser|Assaywell|Unknown||Results drift through the day|en
        Charging pile|驰电|Fixed||充电桩插枪后不启动|zh-Hans
        Charging pile|驰电|Fixed||充电到一半跳枪|zh-Hans
        Charging pile|驰电|Repairable||屏幕黑屏，能充电|zh-Hans
        Charging pile|Voltage Lane|Fixed||Card reader does not see any card|en
        Charging pile|Voltage Lane|End of life|Spare parts not available|Contactor welded after a thunderstorm|en
        Air compressor|锐风|Fixed||空压机排气温度高停机|zh-Hans
        Air compressor|锐风|Repairable||空压机漏油，油位下降快|zh-Hans
        Air compressor|锐风|Fixed||加载不上，压力只有四公斤|zh-Hans
        Air compressor|Gustwell|Fixed||Safety valve opens too early|en
        Air compressor|Gustwell|Unknown|||en
        Microwave|海棠|Fixed||微波炉转盘不转|zh-Hans
        Microwave|Larkfield|End of life|Item too worn out|Sparks inside, coating burnt through|en
        """
}
