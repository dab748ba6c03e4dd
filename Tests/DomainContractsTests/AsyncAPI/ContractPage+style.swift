extension ContractPage {
    static let style = """
        :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --quiet: #57606a; --line: #d8dee4; --tint: #f6f8fa; --link: #0a58ca; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e6edf3; --paper: #0d1117; --quiet: #9198a1; --line: #30363d; --tint: #161b22; --link: #79b8ff; }
        }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 72rem; padding: 0 1rem 4rem; background: var(--paper); color: var(--ink);
          font: 16px/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
        a { color: var(--link); }
        h2 { border-bottom: 1px solid var(--line); margin-top: 2.5rem; }
        h4 { margin: 0; font-size: 1.05rem; }
        h4 a { color: inherit; text-decoration: none; }
        code, pre { font: 0.875em/1.45 ui-monospace, monospace; }
        nav { position: sticky; top: 0; background: var(--paper); border-bottom: 1px solid var(--line); z-index: 1; }
        nav ul { display: flex; gap: 0 1rem; margin: 0; padding: 0.5rem 0; list-style: none; overflow-x: auto; white-space: nowrap; }
        article { border: 1px solid var(--line); border-radius: 6px; margin: 1rem 0; padding: 0.75rem 1rem; scroll-margin-top: 3.5rem; }
        section, .answer { scroll-margin-top: 3rem; }
        article:target, .answer:target { outline: 2px solid var(--link); }
        article p { margin: 0.4rem 0; }
        .where { color: var(--quiet); }
        .table { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; margin: 0.5rem 0; }
        th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.75rem 0.25rem 0; border-top: 1px solid var(--line); overflow-wrap: normal; }
        th { color: var(--quiet); font-weight: normal; border-top: 0; }
        pre { background: var(--tint); padding: 0.75rem; overflow-x: auto; border-radius: 6px; }
        summary { cursor: pointer; color: var(--link); }
        .answer { border-top: 1px solid var(--line); padding-top: 0.4rem; margin-top: 0.6rem; }
        input { font: inherit; width: min(100%, 28rem); padding: 0.3rem 0.5rem; background: var(--tint); color: inherit;
          border: 1px solid var(--line); border-radius: 6px; }
        #found { color: var(--quiet); min-height: 1.5em; margin: 0.25rem 0; }
        [hidden] { display: none; }
        """

    /// Hides what does not have all the words, and opens what an address names.
    static let script = """
        const field = document.getElementById("find");
        const found = document.getElementById("found");
        const cards = [...document.querySelectorAll("article")];
        const texts = cards.map(card => (card.id + " " + card.textContent).toLowerCase());
        function find() {
          const words = field.value.toLowerCase().split(/\\s+/).filter(word => word);
          let count = 0;
          cards.forEach((card, number) => {
            const fits = words.every(word => texts[number].includes(word));
            card.hidden = !fits;
            if (fits) count += 1;
          });
          document.querySelectorAll("main section").forEach(section => {
            const own = section.querySelectorAll("article");
            section.hidden = words.length > 0 && ![...own].some(card => !card.hidden);
          });
          found.textContent = words.length ? `${count} of ${cards.length}` : "";
        }
        function show() {
          const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
          if (!target) return;
          if (target.closest("[hidden]")) { field.value = ""; find(); target.scrollIntoView(); }
          const example = target.matches(".answer") && target.querySelector("details");
          if (example) example.open = true;
        }
        field.addEventListener("input", find);
        addEventListener("hashchange", show);
        addEventListener("keydown", event => {
          if (event.key === "/" && document.activeElement !== field) { event.preventDefault(); field.focus(); }
        });
        find();
        show();
        """
}
