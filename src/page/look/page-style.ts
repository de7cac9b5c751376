/** Colours of one scheme; each text on its ground has at least 4.5 : 1. */
const light = {
  ground: '#f4f8fa',
  card: '#ffffff',
  edge: '#c3d0d9',
  ink: '#14212b',
  quiet: '#46586a',
  link: '#0f4c81',
  good: '#1d6b3f',
  warn: '#8a4b00',
  bad: '#9c2b1f',
  bar: '#2f6fb5',
  band: '#d5e4f3',
  held: '#f2d8a7',
  gone: '#fbe3df',
  come: '#dcf0e3',
};

const dark: typeof light = {
  ground: '#0b1620',
  card: '#14222e',
  edge: '#33495a',
  ink: '#eef4f8',
  quiet: '#b3c3cf',
  link: '#8fd0ff',
  good: '#7fd6a2',
  warn: '#f0bd6c',
  bad: '#ff9f91',
  bar: '#6cabec',
  band: '#1d3a56',
  held: '#5a4520',
  gone: '#4a2420',
  come: '#173b26',
};

const variables = (colours: typeof light): string =>
  Object.entries(colours)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');

/** The page's style sheet, for light and dark, narrow windows and paper. @param filters - how many applications can be chosen alone */
export const pageStyle = (filters: number): string => `
:root{color-scheme:light dark;${variables(light)}}
@media (prefers-color-scheme:dark){:root{${variables(dark)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif}
header,main,footer{max-width:1200px;margin:0 auto;padding:0 16px}
nav ul{display:flex;flex-wrap:wrap;gap:4px 20px;list-style:none;padding:0;margin:8px 0}
nav{position:sticky;top:0;background:var(--ground);border-bottom:1px solid var(--edge);z-index:1}
nav>div{max-width:1200px;margin:0 auto;padding:0 16px}
h1{margin:16px 0 0;font-size:1.7rem}
h2{margin:32px 0 8px;font-size:1.4rem;scroll-margin-top:56px}
h3{margin:16px 0 4px}
h4{margin:8px 0 4px}
p{margin:4px 0}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,button:focus-visible,input:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999px}
.skip:focus{left:8px;top:8px;background:var(--card);padding:8px;z-index:2}
code{font-size:.9em;overflow-wrap:anywhere}
.quiet{color:var(--quiet)}
.harbours{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr));gap:16px;margin-top:16px}
.harbour,figure{background:var(--card);border:1px solid var(--edge);border-radius:10px;padding:8px 16px 16px;margin:0;min-width:0}
.card{border-top:1px solid var(--edge);padding:8px 0}
.release{font-weight:600;font-size:1.15rem;overflow-wrap:anywhere}
dl{margin:4px 0}
dt{color:var(--quiet);font-size:.85rem;margin-top:4px}
dd{margin:0;overflow-wrap:anywhere}
.facts{display:grid;grid-template-columns:7.2em minmax(0,1fr);gap:2px 8px;font-size:.95rem}
.facts dt{grid-column:1;margin-top:2px}
.facts dd{grid-column:2}
.badge{display:inline-block;border:1px solid currentColor;border-radius:99px;padding:0 10px;font-size:.85rem;font-weight:600}
.good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}
.badge.quiet{font-weight:400}
.picture,.wide{overflow:auto;max-width:100%}
.picture{border:1px solid var(--edge);border-radius:10px;max-height:80vh}
.picture svg{display:block;max-width:100%;height:auto}
.picture.zoomed svg{max-width:none;height:auto}
.picture a{cursor:pointer}
.part .picture{scroll-margin-top:56px}
.faded{opacity:.2}
.tools{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin:8px 0}
.tools[data-script]{display:none}
.scripted .tools[data-script]{display:flex}
button,input[type=search]{font:inherit;color:inherit;background:var(--card);border:1px solid var(--quiet);border-radius:6px;padding:4px 12px}
fieldset{border:1px solid var(--edge);border-radius:8px;margin:8px 0;padding:4px 12px}
fieldset label{margin-right:16px;white-space:nowrap}
summary{cursor:pointer;padding:4px 0}
table{border-collapse:collapse;font-size:.9rem}
th,td{text-align:left;vertical-align:top;padding:4px 10px 4px 0;border-bottom:1px solid var(--edge)}
.definitions{columns:2 320px}
.definitions dt{break-after:avoid}
.definitions dd{break-inside:avoid}
.measures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,200px),1fr));gap:8px 16px}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr));gap:16px;margin:8px 0}
figcaption{font-weight:600}
svg.chart{width:100%;max-width:560px;height:auto}
svg.line-chart{min-width:640px;width:100%;height:auto}
.axis{fill:var(--quiet);font-size:12px}
.grid{stroke:var(--edge);fill:none}
.lane{stroke:var(--quiet);fill:none}
.bar{fill:var(--bar)}
.bar-failed{fill:var(--card);stroke:var(--bad);stroke-width:2;stroke-dasharray:4 3}
.dot{fill:var(--bar);stroke:var(--card)}
.band{fill:var(--band)}
.median{stroke:var(--ink);stroke-dasharray:6 4;fill:none}
.event{fill:var(--bar);stroke:var(--card)}
.event.rollback,.event.emergency{fill:var(--bad)}
.event.publish,.event.unhold{fill:var(--quiet)}
.event.hold{fill:var(--warn)}
.event.first{fill:var(--good)}
.held{fill:var(--held)}
.held-sign{display:inline-block;width:20px;height:12px;background:var(--held);border:1px solid var(--quiet)}
.legend{display:flex;flex-wrap:wrap;gap:4px 20px;list-style:none;padding:0}
.legend svg{vertical-align:middle}
.review{background:var(--card);border:1px solid var(--edge);border-radius:10px;padding:0 16px 16px;margin:16px 0;overflow-wrap:anywhere}
h5{margin:8px 0 0;font-size:1rem}
.object ul{margin:4px 0}
.sides,.review pre{font:13px/1.45 ui-monospace,Menlo,Consolas,monospace;overflow:auto;max-width:100%;border:1px solid var(--edge);border-radius:6px;margin:4px 0;padding:4px}
.row{display:grid;grid-template-columns:1fr 1fr;gap:0 8px}
.row>*{white-space:pre-wrap;overflow-wrap:anywhere;text-decoration:none;min-width:0;padding-left:1.2em;position:relative}
.row>del,pre.gone{background:var(--gone)}
.row>ins,pre.come{background:var(--come)}
.row>del::before{content:'−';position:absolute;left:2px}
.row>ins::before{content:'+';position:absolute;left:2px}
.sides summary{color:var(--quiet)}
.picture .marked{stroke-width:4;stroke:var(--warn)}
${Array.from({ length: filters }, (_, i) => `:root:has(#only-a${i}:checked) .app:not(.a${i}){display:none}`).join('\n')}
@media print{nav,.tools[data-script],fieldset,.skip{display:none}.picture{max-height:none;overflow:visible}.picture svg{max-width:100%;height:auto}.harbour,figure,tr{break-inside:avoid}}
`;
