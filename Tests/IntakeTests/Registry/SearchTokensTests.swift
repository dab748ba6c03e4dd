import DomainContracts
import Foundation
import Testing

@testable import Intake

@Suite("Search tokens")
struct SearchTokensTests {
    @Test(
        "what people type finds what is written",
        arguments: [
            ("空调漏油，启动有异响", "漏油"), ("空调漏油，启动有异响", "空调 异响"), ("空调漏油", "空调漏油"), ("Compressor leaks oil", "oil LEAKS"),
            ("３号楼 B 座", "3号楼"), ("阀 坏了", "坏了"),
        ])
    func words(written: String, sought: String) throws {
        var tokens = SearchTokens()
        tokens.add(words: written)
        #expect(try finds(tokens, sought))
    }

    @Test(
        "labels are found whole, by their end and by their beginning, whatever their punctuation",
        arguments: ["AC-2024-000917", "ac2024000917", "0917", "00917", "AC-2024", "ac20", "2024000917"])
    func labels(sought: String) throws {
        var tokens = SearchTokens()
        tokens.add(label: "AC-2024-000917")
        #expect(try finds(tokens, sought))
    }

    @Test(
        "a phone is found with and without its prefix, and by its end",
        arguments: ["13800138000", "+86 138 0013 8000", "8000", "00138000"])
    func phones(sought: String) throws {
        var tokens = SearchTokens()
        tokens.add(phone: "+8613800138000")
        #expect(try finds(tokens, sought))
        tokens = SearchTokens()
        tokens.add(phone: "+861066550000")
        #expect(try finds(tokens, "010-66550000"))
        #expect(try finds(tokens, "66550000"))
    }

    @Test("a name is found by a word's beginning, and with a letter wrong, missing, too many or two changed over")
    func names() throws {
        var tokens = SearchTokens()
        tokens.add(name: "Schneider Electric")
        for sought in ["schn", "electric", "Schneider Electric"] { #expect(try finds(tokens, sought)) }
        for sought in ["Schnider", "Schnieder", "Schneeider", "Shneider elektric"] {
            #expect(try !finds(tokens, sought))
            #expect(try isSimilar(tokens, sought))
        }
        #expect(try !isSimilar(tokens, "Siemens"))
    }

    @Test("what is not there is not found", arguments: ["漏水", "0918", "138", "空调漏水"])
    func absent(sought: String) throws {
        var tokens = SearchTokens()
        tokens.add(words: "空调漏油")
        tokens.add(label: "AC-2024-000917")
        tokens.add(phone: "+8613800138000")
        #expect(try !finds(tokens, sought))
    }

    @Test("one character is too little to look for, and blanks are nothing", arguments: ["", " ", "油", "-7-"])
    func tooShort(sought: String) {
        #expect(SoughtTokens(sought) == nil)
    }

    private func finds(_ tokens: SearchTokens, _ text: String) throws -> Bool {
        let sought = try #require(SoughtTokens(text))
        let held = Set(tokens.tokens)
        return !held.isDisjoint(with: sought.exact)
            || !sought.contained.isEmpty && sought.contained.allSatisfy { !held.isDisjoint(with: $0) }
    }

    private func isSimilar(_ tokens: SearchTokens, _ text: String) throws -> Bool {
        let sought = try #require(SoughtTokens(text)?.similar)
        return sought.allSatisfy { !Set(tokens.tokens).isDisjoint(with: $0) }
    }
}
