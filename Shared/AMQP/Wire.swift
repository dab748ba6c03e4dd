internal import CRabbitMQ

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// From librabbitmq's values, which live in its buffers, to Swift's own.
enum Wire {
    static func string(_ bytes: amqp_bytes_t) -> String {
        String(decoding: UnsafeRawBufferPointer(start: bytes.bytes, count: bytes.len), as: UTF8.self)
    }

    static func array(_ bytes: amqp_bytes_t) -> [UInt8] {
        [UInt8](UnsafeRawBufferPointer(start: bytes.bytes, count: bytes.len))
    }

    static func table(_ table: amqp_table_t) -> [String: AMQPValue] {
        guard table.num_entries > 0, let entries = table.entries else { return [:] }
        var result = [String: AMQPValue](minimumCapacity: Int(table.num_entries))
        for index in 0..<Int(table.num_entries) {
            result[string(entries[index].key)] = value(entries[index].value)
        }
        return result
    }

    static func value(_ field: amqp_field_value_t) -> AMQPValue {
        switch UnicodeScalar(field.kind) {
        case "S": text(field.value.bytes)
        case "x": .bytes(array(field.value.bytes))
        case "t": .bool(field.value.boolean != 0)
        case "b": .int(Int(field.value.i8))
        case "B": .int(Int(field.value.u8))
        case "s": .int(Int(field.value.i16))
        case "u": .int(Int(field.value.u16))
        case "I": .int(Int(field.value.i32))
        case "i": .int(Int(field.value.u32))
        case "l": .int(Int(field.value.i64))
        case "L": .int(Int(clamping: field.value.u64))
        case "f": .double(Double(field.value.f32))
        case "d": .double(field.value.f64)
        case "D": .double(decimal(field.value.decimal))
        case "T": .date(Date(timeIntervalSince1970: Double(field.value.u64)))
        case "F": .table(table(field.value.table))
        case "A":
            .array((0..<max(0, Int(field.value.array.num_entries))).map { value(field.value.array.entries[$0]) })
        default: .null
        }
    }

    /// A long string is bytes on the wire; what is not UTF-8 stays bytes.
    private static func text(_ bytes: amqp_bytes_t) -> AMQPValue {
        let raw = UnsafeRawBufferPointer(start: bytes.bytes, count: bytes.len)
        return String(validating: raw, as: UTF8.self).map { .string($0) } ?? .bytes([UInt8](raw))
    }

    private static func decimal(_ decimal: amqp_decimal_t) -> Double {
        (0..<decimal.decimals).reduce(Double(decimal.value)) { value, _ in value / 10 }
    }

    /// Throws `unencodable` when the table takes more than `limit` bytes, or a key more than AMQP's 128.
    static func requireEncodable(_ table: [String: AMQPValue], limit: Int, _ what: String) throws(AMQPError) {
        let size = try size(.table(table))
        if size > limit {
            throw .unencodable(reason: "\(what) take \(size) bytes, more than \(limit)")
        }
    }

    private static func size(_ value: AMQPValue) throws(AMQPError) -> Int {
        switch value {
        case .string(let text): return 5 + text.utf8.count
        case .bytes(let bytes): return 5 + bytes.count
        case .int, .double, .date, .bool, .null: return 9
        case .array(let values):
            var total = 5
            for value in values { total += try size(value) }
            return total
        case .table(let entries):
            var total = 5
            for (key, value) in entries {
                if key.utf8.count > 128 { throw .unencodable(reason: "a key of a table is longer than 128 bytes") }
                total += try 1 + key.utf8.count + size(value)
            }
            return total
        }
    }
}

/// Remembers the last text seen in one place of a message, where texts repeat: comparing is cheaper than allocating.
struct RepeatedText {
    private var last = ""

    mutating func string(_ bytes: amqp_bytes_t) -> String {
        let raw = UnsafeRawBufferPointer(start: bytes.bytes, count: bytes.len)
        let same =
            last.utf8.count == raw.count
            && last.utf8.withContiguousStorageIfAvailable { raw.elementsEqual(UnsafeRawBufferPointer($0)) } == true
        if !same { last = String(decoding: raw, as: UTF8.self) }
        return last
    }
}
