internal import CRabbitMQ

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The memory that outgoing values live in while librabbitmq encodes them: librabbitmq's own pool, emptied after each call.
final class Arena {
    private let pool: UnsafeMutablePointer<amqp_pool_t>

    init() {
        pool = .allocate(capacity: 1)
        init_amqp_pool(pool, 16384)
    }

    deinit {
        empty_amqp_pool(pool)
        pool.deallocate()
    }

    func reset() {
        recycle_amqp_pool(pool)
    }

    func bytes(_ text: String) -> amqp_bytes_t {
        var text = text
        return text.withUTF8 { copy(UnsafeRawBufferPointer($0)) }
    }

    func table(_ table: [String: AMQPValue]) -> amqp_table_t {
        guard !table.isEmpty else { return amqp_empty_table }
        let entries = allocate(amqp_table_entry_t.self, table.count)
        for (index, entry) in table.enumerated() {
            entries[index] = amqp_table_entry_t(key: bytes(entry.key), value: value(entry.value))
        }
        return amqp_table_t(num_entries: Int32(table.count), entries: entries)
    }

    private func value(_ value: AMQPValue) -> amqp_field_value_t {
        var field = amqp_field_value_t()
        func kind(_ letter: UnicodeScalar) { field.kind = UInt8(ascii: letter) }
        switch value {
        case .string(let text):
            kind("S")
            field.value.bytes = bytes(text)
        case .bytes(let content):
            kind("x")
            field.value.bytes = content.withUnsafeBytes { copy($0) }
        case .int(let number):
            kind("l")
            field.value.i64 = Int64(number)
        case .bool(let flag):
            kind("t")
            field.value.boolean = flag ? 1 : 0
        case .double(let number):
            kind("d")
            field.value.f64 = number
        case .date(let date):
            kind("T")
            field.value.u64 = Self.seconds(date)
        case .table(let entries):
            kind("F")
            field.value.table = table(entries)
        case .array(let values):
            kind("A")
            let entries = allocate(amqp_field_value_t.self, max(1, values.count))
            for (index, element) in values.enumerated() { entries[index] = self.value(element) }
            field.value.array = amqp_array_t(num_entries: Int32(values.count), entries: entries)
        case .null:
            kind("V")
        }
        return field
    }

    /// Whole seconds since 1970; what lies before or is no time at all becomes 0.
    static func seconds(_ date: Date) -> UInt64 {
        let seconds = date.timeIntervalSince1970.rounded(.down)
        return seconds > 0 ? UInt64(exactly: min(seconds, 1e15)) ?? 0 : 0
    }

    private func copy(_ source: UnsafeRawBufferPointer) -> amqp_bytes_t {
        guard let start = source.baseAddress, source.count > 0,
            let target = amqp_pool_alloc(pool, source.count)
        else { return amqp_empty_bytes }
        target.copyMemory(from: start, byteCount: source.count)
        return amqp_bytes_t(len: source.count, bytes: target)
    }

    private func allocate<T>(_ type: T.Type, _ count: Int) -> UnsafeMutablePointer<T> {
        guard let memory = amqp_pool_alloc(pool, count * MemoryLayout<T>.stride) else {
            preconditionFailure("out of memory")
        }
        return memory.bindMemory(to: type, capacity: count)
    }
}
