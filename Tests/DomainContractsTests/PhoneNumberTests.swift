import DomainContracts
import Testing

struct PhoneNumberTests {
    @Test(
        "numbers are understood as people write them",
        arguments: [
            ("13800138000", "+8613800138000", nil), ("+86 138 0013 8000", "+8613800138000", nil),
            ("8613800138000", "+8613800138000", nil), ("010-66550000", "+861066550000", nil),
            ("010-66550000-8001", "+861066550000", "8001"), ("0571 8888 6666 转 12", "+8657188886666", "12"),
            ("(021)65432100 ext. 7", "+862165432100", "7"), ("４００－８２０－８８２０", "+864008208820", nil),
            ("0044 20 7946 0958", "+442079460958", nil), ("+44 (20) 7946-0958", "+442079460958", nil),
        ] as [(String, String, String?)])
    func understood(text: String, e164: String, tail: String?) {
        #expect(PhoneNumber(text)?.e164 == e164)
        #expect(PhoneNumber(text)?.extension == tail)
    }

    @Test(
        "what could not be called is no number",
        arguments: [
            "", "12", "abc", "1380013800", "12800138000", "66550000", "+0123456789", "+123", "138001380001", "+86123",
            "010-66550000 ext", "１３８",
        ])
    func refused(text: String) { #expect(PhoneNumber(text) == nil) }
}
