<#ftl output_format="Markdown" strip_whitespace=true>
# Tapetum: ${page.headline}

Run ${page.candidate} against its baseline ${page.baseline}

<#list page.notes as note>
**${note}**

</#list>
<#list page.rules as rule>
* ${rule.statement}
<#sep>
</#sep>
</#list>

## What changed

<#list page.established + page.further as it>
${it?counter}. ${it.text}
<#else>
No change was established.
</#list>

<#if (page.left > 0)>
${page.left} further established changes are in the table changes.

</#if>
Established means q ≤ ${page.falseDiscoveryRate}. ${page.tests}

## What was compared

<#list page.ledger as sentence>
- ${sentence}
</#list>

| | Baseline | Candidate |
| --- | --- | --- |
<#list page.facts as fact>
| ${fact.term} | ${fact.before} | ${fact.after} |
</#list>

<#if page.differences?has_content>
| Setting that differs | Baseline | Candidate |
| --- | --- | --- |
<#list page.differences as it>
| ${it.key} | ${it.before} | ${it.after} |
</#list>
<#else>
The plans are the same in every setting.
</#if>

<#list page.parts as part>
## ${part.title}

<#if part.kinds?has_content>
${part.meaning}

| Metric over all images | Images | Baseline | Candidate | Change | ${page.confidence} interval | q | Detectable | Lost | Gained |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
<#list part.kinds as kind><#list kind.rows as row><#if row?is_first>
| ${kind.title} | ${row.images} | ${row.before} | ${row.after} | ${row.difference}<#if kind.percent> points</#if> | ${row.interval} | ${row.q} | ${row.detectable} | ${row.lost} | ${row.gained} |
</#if></#list></#list>

<#if (part.left > 0)>
${part.left} further metrics are in the table changes.

</#if>
<#else>
${part.empty}

</#if>
<#if part?is_first>
## Flips

${page.flips.summary}

<#if page.flips.rows?has_content>
| Baseline | Candidate | Images | Against the label |
| --- | --- | ---: | --- |
<#list page.flips.rows as flip>
| ${flip.before} | ${flip.after} | ${flip.images} | ${flip.right} |
</#list>

</#if>
</#if>
</#list>
## Prototypes

<#if page.drawn.readings?has_content>
| Class | Method | Property drawn in | Baseline | Candidate | By |
| --- | --- | --- | ---: | ---: | --- |
<#list page.drawn.readings as row>
| ${row.className} | ${row.method} | ${row.property} | ${row.before} | ${row.after} | ${row.drawnIn} |
</#list>

<#elseif (page.drawn.classes > 0)>
Nothing that was looked for is drawn into a class by either model.

<#else>
No class was drawn by the same method in both runs.

</#if>
Written by Tapetum ${page.version}. Every number is in the tables changes, flips and prototypes.
