<#ftl output_format="Markdown" strip_whitespace=true>
<#macro groups rows>
| Group | Images | Value | ${page.confidence} interval | |
| --- | ---: | ---: | ---: | --- |
<#list rows as row>
| <#if row.attribute?has_content>${row.attribute} = </#if>${row.group} | ${row.images} | ${row.value} | ${row.interval} | <#if row.state == "established">differs<#elseif row.state == "better">differs, is better<#elseif row.state == "small">too few images</#if> |
</#list>
</#macro>
# Tapetum: ${page.verdict.headline}

Run ${page.runId}

<#list page.verdict.notes as note>
**${note}**

</#list>
<#list page.verdict.rules as rule>
- ${rule.status?upper_case} (${rule.level}): ${rule.statement} Rule: ${rule.rule}
</#list>
<#if page.verdict.undecided?has_content>

${page.verdict.undecided}
</#if>

## What was established

<#list page.verdict.established + page.verdict.further as it>
${it.rank}. ${it.statement} ${it.severity}, ${it.numbers}<#if it.rule?has_content>, ${it.rule}</#if>
<#else>
No difference between groups was established.
</#list>

Established means q ≤ ${page.falseDiscoveryRate}, where q is the p-value corrected for all comparisons of one attribute that are of one kind (outcomes, rates by class, interventions, features, explanations).

<#if page.verdict.harmless?has_content>
### Looked at and found harmless

<#list page.verdict.harmless as it>
- ${it.statement}
</#list>

</#if>
<#if page.verdict.small?has_content || page.verdict.untested?has_content>
### Too few images for a verdict

<#list page.verdict.small as group>
- ${group}
</#list>

${page.verdict.untested}

</#if>
## Ledger

${page.ledger.balance}

<#if page.ledger.rejects?has_content>
| Reason | Step | Images | Share of all | Example |
| --- | --- | ---: | ---: | --- |
<#list page.ledger.rejects as reject>
| ${reject.reason} | ${reject.stage} | ${reject.images} | ${reject.share} | <#list reject.examples as example>${example.uri}: ${example.message}<#break></#list> |
</#list>

</#if>
<#list page.ledger.byGroup as sentence>
${sentence}

</#list>
## The run

<#list page.facts as fact>
- ${fact.term}: ${fact.value}
</#list>

## Groups

<#list page.overGroups as over>
### Fairness over the groups of ${over.attribute}

| Measure | Class | Images | Value | ${page.confidence} interval |
| --- | --- | ---: | ---: | ---: |
<#list over.rows as row>
| ${row.measure} | ${row.subject} | ${row.images} | ${row.value} | ${row.interval} |
</#list>

</#list>
<#list page.sections as section>
<#list section.kinds as kind>
<#if kind.blocks?size == 1>
<#list kind.blocks as it>
### ${kind.title}<#if it.subject?has_content>: ${it.subject}</#if>

${kind.meaning}

<@groups it.rows/>
<#if (it.more?size + it.crossed?size + it.left > 0)>

${it.more?size + it.crossed?size + it.left} further groups are in the table `group_metrics`.
</#if>

</#list>
<#else>
### ${kind.title}

${kind.meaning}

| | All images | Established differences |
| --- | ---: | ---: |
<#list kind.blocks as it>
| ${it.subject} | ${it.whole} | ${it.established} |
</#list>

</#if>
</#list>
<#else>
There are no metrics, because no image was scored.

</#list>
## Gaps

<#if page.comparisons.rows?has_content>
${page.comparisons.summary} The difference is the group less what it is held against; detectable is the smallest true difference that so many images would have shown four times in five, were it the only comparison.

| Metric | Group | Against | Images | Difference | ${page.confidence} interval | Ratio | q | Detectable | Verdict |
| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |
<#list page.comparisons.rows as row>
| ${row.metric} | ${row.attribute} = ${row.group} | ${row.reference} | ${row.images} | ${row.difference} | ${row.interval} | ${row.ratio} | ${row.q} | ${row.detectable} | ${row.verdict} |
</#list>
<#if (page.comparisons.more?size + page.comparisons.left > 0)>

${page.comparisons.more?size + page.comparisons.left} further comparisons are in the table `gaps`.
</#if>
<#else>
There were no two groups to compare.
</#if>

<#if page.sliced.wanted>
## Slices

${page.sliced.searched}

<#if page.sliced.outcome?has_content>
${page.sliced.outcome}

</#if>
<#if page.sliced.rows?has_content>
| Subgroup | Images | Error inside | Error overall | Difference | ${page.confidence} interval | q | Verdict |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |
<#list page.sliced.rows as row>
| ${row.predicate} | ${row.images} | ${row.error} | ${row.overall} | ${row.difference} | ${row.interval} | ${row.q} | ${row.verdict} |
</#list>

The column `query` of the table `slices` has the SQL that returns the images of each.

</#if>
</#if>
## Explanations

<#if page.explained.trusted?has_content>
<#list page.explained.leftOut as sentence>
**${sentence}**

</#list>
| Method | Verdict | Why |
| --- | --- | --- |
<#list page.explained.trusted as line>
| ${line.method} | ${line.verdict} | ${line.reason} |
</#list>

<#list page.explained.measures as table>
| Method |<#list table.columns as column> ${column.title}<#if column.better?has_content> (${column.better})</#if><#if column.parameters?has_content>, ${column.parameters}</#if><#if column.images?has_content>, n = ${column.images}</#if> |</#list>
| --- |<#list table.columns as column> ---: |</#list>
<#list table.lines as line>
| ${line.name} |<#list line.cells as cell> ${cell.value}<#if cell.interval?has_content> (${cell.interval})</#if><#if cell.images?has_content>, n = ${cell.images}</#if> |</#list>
</#list>

</#list>
<#list page.explained.measures as table>
<#list table.columns as column>
<#if column.meaning?has_content>
- ${column.title}: ${column.meaning}
</#if>
</#list>
</#list>

<#list page.explained.matrices as matrix>
### ${matrix.title} of each two methods, mean over ${matrix.images}

| Method |<#list matrix.methods as method> ${method} |</#list>
| --- |<#list matrix.methods as method> ---: |</#list>
<#list matrix.lines as line>
| ${line.method} |<#list line.cells as cell> ${cell.value} |</#list>
</#list>

</#list>
<#list page.explained.byTarget as measure>
### ${measure.title} by explained class<#if measure.better?has_content> (${measure.better})</#if>

| Class |<#list measure.methods as method> ${method} |</#list>
| --- |<#list measure.methods as method> ---: |</#list>
<#list measure.lines as line>
| ${line.name} |<#list line.cells as cell> ${cell.value}<#if cell.interval?has_content> (${cell.interval}), n = ${cell.images}</#if> |</#list>
</#list>

</#list>
<#if page.typical.examples?has_content>
### Ordinary images

${page.typical.choice}

<#list page.typical.examples as example>
- ${example.imageId}: label ${example.label}, predicted ${example.predicted} with confidence ${example.confidence}
</#list>

</#if>
<#else>
The plan asked for no explanations.

</#if>
<#assign it = page.intervened>
<#if it.effects?has_content || it.corruptions.kinds?has_content>
## Interventions

<#if it.effects?has_content>
<#if it.images?has_content>${it.images}: one<#else>One</#if> property at a time was strengthened step by step, and the model was asked about every step.

The expected gradient is how far the ${it.followed} of the class moves, ups and downs added up, while the property goes from its weakest to its strongest; the signed gradient sets them off against each other. A property matters when its mean expected gradient is above ${it.least}, the least that the plan calls important, with q ≤ ${page.falseDiscoveryRate}, where q is the corrected p-value of a mean of at most ${it.least}: that an effect is sure does not make it large.<#if it.classes?has_content> ${it.classes}</#if>

| Property | Class | Expected gradient | Signed gradient | Direction | Flips | Images | q | Verdict |
| --- | --- | ---: | ---: | --- | ---: | ---: | ---: | --- |
<#list it.effects as row>
| ${row.property}<#if row.editor != row.property>: ${row.editor}</#if> | ${row.target} | ${row.gradient}<#if row.interval?has_content> (${row.interval})</#if> | ${row.signed}<#if row.signedInterval?has_content> (${row.signedInterval})</#if> | ${row.direction} | ${row.flips} | ${row.images} | ${row.q} | ${row.verdict} |
</#list>
<#if (it.left + it.others?size > 0)>

Further properties and classes are in the table `property_effects`.
</#if>

</#if>
<#if it.corruptions.sentences?has_content>
### Corruptions

<#list it.corruptions.sentences as sentence>
- ${sentence}
</#list>

</#if>
</#if>
<#assign it = page.featured>
<#if it.sae?has_content>
## Features

A feature is a direction in the activations of one layer of the model, learnt by a sparse autoencoder, and is active in the patches of an image that contain it. That it goes along with a group or with errors does not make it their cause, which only taking it out can show; and how well the autoencoder reconstructs says nothing on how well its features match concepts.

<#if it.features?has_content>
<#if it.tested>Shown are the features that the plan sets to values or names, and then those that are active more or less often in a group or in errors than elsewhere (q ≤ ${page.falseDiscoveryRate}), the ones with the AUROC farthest from 0.5<#else>Images come in clusters, so that nothing was tested, and any association may be chance. Shown are the features that the plan sets to values or names, and then those whose AUROC is farthest from 0.5 for a group or for errors</#if>; the table `feature_associations` has all. Taken out is the feature set to 0 in all patches, or in those of the place that the plan names: by how many percentage points the mean probability of a class changes, beside the same with another feature that is active in about as many images, and with the feature's own change along a random direction. Told are the class that answers most surely over all images, and that which does in the group. A control, of which there is one draw each, is exceeded where the mean difference from it, image by image, has q ≤ ${page.falseDiscoveryRate}, corrected over all classes, groups and features of the run<#if it.least?has_content>; a change is important from ${it.least} points on</#if>.<#if page.intervened.classes?has_content> ${page.intervened.classes}</#if>

<#list it.features as feature>
### ${feature.name?cap_first}

Active in ${feature.share} of images (${feature.images}). <#if feature.association?has_content>${feature.association}<#else>Held against no group: active in too few images or in too few others, or left out as the run warned.</#if>

<#if feature.exemplars?has_content>
- Most active in: <#list feature.exemplars as one>${one.imageId} (${one.activation}<#if one.label?has_content>, label ${one.label}</#if><#if one.label?has_content && !one.wrong><#else>, predicted ${one.predicted}</#if>)<#sep>, </#list>
</#if>
<#list feature.groups as row>
- ${row.group}: active in ${row.share}, n = ${row.images}
</#list>
<#list feature.ablated as row>
- Taken out<#if row.place?has_content> in ${row.place}</#if>, ${row.group} (n = ${row.images}): probability of ${row.target} by ${row.change} points<#if row.interval?has_content> (${row.interval})</#if>; another feature ${row.otherFeature}, a random direction ${row.randomDirection}; ${row.verdict}
<#else>
- Taken out: not measured. To measure it, audit again into the same output with this among the interventions: <code>${feature.line}</code>
</#list>

</#list>
<#else>
No feature goes along with a group or with errors<#if it.tested> with q ≤ ${page.falseDiscoveryRate}</#if>. The table `features` has them all.

</#if>
</#if>
<#if page.drawn.methods?has_content>
## Prototypes

<#list page.drawn.comparison as sentence>
${sentence}

</#list>
| Method | Drawings | Probability | Distance | of the class's images | of other images | Correlation | of the class's images | of other images |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
<#list page.drawn.methods as row>
| ${row.method} | ${row.drawings} | ${row.probability} | ${row.l1} | ${row.naturalL1} | ${row.otherL1} | ${row.spearman} | ${row.naturalSpearman} | ${row.otherSpearman} |
</#list>

<#if page.drawn.readings?has_content>
| Class | Method | Property | Read at | Drawings | Its images | Other drawings | Difference | ${page.confidence} interval | q | Verdict |
| --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |
<#list page.drawn.readings as row>
| ${row.className} | ${row.method} | ${row.property} | ${row.tap} | ${row.value} | ${row.natural} | ${row.others} | ${row.difference} | ${row.interval} | ${row.q} | ${row.drawnIn?then("drawn in", "no")} |
</#list>

</#if>
<#if page.drawn.untold?has_content>
Not looked for, since held-out images with it are not told from those without: <#list page.drawn.untold as one>${one}<#sep>, </#list>.

</#if>
</#if>
## Worst groups

<#list page.worst as group>
### ${group.attribute} = ${group.group}

${group.statement}

<#list group.examples as example>
- ${example.imageId}: label ${example.label}, predicted ${example.predicted} with confidence ${example.confidence}
</#list>

<#else>
There are no images to show.

</#list>
## The plan

<#list page.plan?split("\\R", "r") as line>
    ${line?no_esc}
</#list>

Written by Tapetum ${page.version}.
