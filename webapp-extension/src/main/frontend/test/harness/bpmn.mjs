/** A BPMN as the compiler emits it for workflow.js, with its diagram. */
const nodes = [
  ['trigger', 'startEvent', 'TRIGGER', 'HubSpot deal changed', null, 152, 222, 36, 36],
  [
    'process_prepare',
    'scriptTask',
    'PROCESS',
    'Prepare propertyName, propertyValue, objectId',
    '3:3-6:65',
    280,
    200,
    130,
    80,
  ],
  ['decision_stage', 'exclusiveGateway', 'DECISION', 'Other stage?', '7:7-7:72', 470, 215, 50, 50],
  ['done_other_stage', 'endEvent', 'DONE', 'Skipped: other stage', '8:5-8:66', 477, 352, 36, 36],
  [
    'read_state_get',
    'scriptTask',
    'READ',
    'Read state deal:…',
    '11:3-11:64',
    580,
    200,
    130,
    80,
    'state.get',
  ],
  [
    'decision_existing',
    'exclusiveGateway',
    'DECISION',
    'Existing?',
    '12:7-12:15',
    770,
    215,
    50,
    50,
  ],
  [
    'done_skipped',
    'endEvent',
    'DONE',
    'Skipped: already processed',
    '13:5-13:72',
    777,
    352,
    36,
    36,
  ],
  [
    'read_hubspotCrm_getDeal',
    'scriptTask',
    'READ',
    'Read deal from HubSpot CRM',
    '16:3-17:91',
    880,
    200,
    130,
    80,
    'hubspotCrm.getDeal',
  ],
  ['try_1', 'subProcess', null, 'Make the deck', '19:3-33:4', 1070, 90, 1330, 300],
  ['error_1', 'boundaryEvent', null, 'On error', null, 1152, 372, 36, 36],
  [
    'write_gmail_sendMail',
    'scriptTask',
    'WRITE',
    'Send mail by Gmail',
    '30:5-31:80',
    1230,
    470,
    130,
    80,
    'gmail.sendMail',
  ],
  ['process_throw', 'scriptTask', 'PROCESS', 'Throw err', '32:5-32:15', 1420, 470, 130, 80],
  ['failed', 'endEvent', 'DONE', 'Failed', null, 1612, 492, 36, 36],
];
const inner = [
  ['start_try', 'startEvent', null, '', null, 1100, 222, 36, 36],
  [
    'write_gamma_createGeneration',
    'scriptTask',
    'WRITE',
    'Create generation in Gamma',
    '20:5-21:28',
    1190,
    200,
    130,
    80,
    'gamma.createGeneration',
  ],
  ['merge_while', 'exclusiveGateway', null, '', null, 1380, 215, 50, 50],
  [
    'decision_while',
    'exclusiveGateway',
    'DECISION',
    'Not completed?',
    '22:12-22:41',
    1490,
    215,
    50,
    50,
  ],
  ['wait_1', 'intermediateCatchEvent', 'PROCESS', 'Wait 5 s', '23:7-23:32', 1497, 322, 36, 36],
  [
    'read_gamma_getGeneration',
    'scriptTask',
    'READ',
    'Read generation from Gamma',
    '24:7-24:76',
    1600,
    300,
    130,
    80,
    'gamma.getGeneration',
  ],
  [
    'write_db_query',
    'scriptTask',
    'WRITE',
    'Insert into decks',
    '26:5-26:101',
    1800,
    200,
    130,
    80,
    'db.query',
  ],
  [
    'write_state_set',
    'scriptTask',
    'WRITE',
    'Remember deal:…',
    '27:5-28:61',
    1990,
    200,
    130,
    80,
    'state.set',
  ],
  ['done_success', 'endEvent', 'DONE', 'Deck made', '28:5-28:61', 2212, 222, 36, 36],
];
const flows = [
  ['trigger', 'process_prepare', '', [188, 240, 280, 240]],
  ['process_prepare', 'decision_stage', '', [410, 240, 470, 240]],
  ['decision_stage', 'done_other_stage', 'yes', [495, 265, 495, 352]],
  ['decision_stage', 'read_state_get', 'no', [520, 240, 580, 240]],
  ['read_state_get', 'decision_existing', '', [710, 240, 770, 240]],
  ['decision_existing', 'done_skipped', 'yes', [795, 265, 795, 352]],
  ['decision_existing', 'read_hubspotCrm_getDeal', 'no', [820, 240, 880, 240]],
  ['read_hubspotCrm_getDeal', 'try_1', '', [1010, 240, 1070, 240]],
  ['error_1', 'write_gmail_sendMail', '', [1170, 408, 1170, 510, 1230, 510]],
  ['write_gmail_sendMail', 'process_throw', '', [1360, 510, 1420, 510]],
  ['process_throw', 'failed', '', [1550, 510, 1612, 510]],
];
const innerFlows = [
  ['start_try', 'write_gamma_createGeneration', '', [1136, 240, 1190, 240]],
  ['write_gamma_createGeneration', 'merge_while', '', [1320, 240, 1380, 240]],
  ['merge_while', 'decision_while', '', [1430, 240, 1490, 240]],
  ['decision_while', 'wait_1', 'yes', [1515, 265, 1515, 322]],
  ['wait_1', 'read_gamma_getGeneration', '', [1533, 340, 1600, 340]],
  ['read_gamma_getGeneration', 'merge_while', '', [1665, 300, 1665, 170, 1405, 170, 1405, 215]],
  ['decision_while', 'write_db_query', 'no', [1540, 240, 1800, 240]],
  ['write_db_query', 'write_state_set', '', [1930, 240, 1990, 240]],
  ['write_state_set', 'done_success', '', [2120, 240, 2212, 240]],
];

const attribute = (name, value) => (value ? ` ${name}="${value.replaceAll('"', '&quot;')}"` : '');
const flowId = ([from, to]) => `flow_${from}_${to}`;

function element([id, type, kind, name, source, , , , , effects], content = '') {
  const attributes =
    attribute('name', name) +
    attribute('fastn:kind', kind) +
    attribute('fastn:source', source) +
    attribute('fastn:effects', effects);
  const more = {
    scriptTask: ' scriptFormat="fastn-js" camunda:asyncBefore="true"',
    boundaryEvent: ' attachedToRef="try_1"',
  }[type];
  const body = {
    scriptTask: '<bpmn:script>/* step */</bpmn:script>',
    boundaryEvent: '<bpmn:errorEventDefinition errorRef="fastn_thrown"/>',
    intermediateCatchEvent:
      '<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression" language="fastn-js">5000</bpmn:timeDuration></bpmn:timerEventDefinition>',
  }[type];
  return `<bpmn:${type} id="${id}"${attributes}${more ?? ''}>${body ?? ''}${id === 'failed' ? '<bpmn:errorEventDefinition errorRef="fastn_thrown"/>' : ''}${content}</bpmn:${type}>`;
}

const sequence = (flow) =>
  `<bpmn:sequenceFlow id="${flowId(flow)}" sourceRef="${flow[0]}" targetRef="${flow[1]}"${attribute('name', flow[2])}/>`;

function shape([id, type, , name, , x, y, width, height]) {
  const outside = /Event$|Gateway$/.test(type) && name;
  const top = /decision/.test(id) ? y - 24 : y + height + 4;
  const label = outside
    ? `<bpmndi:BPMNLabel><dc:Bounds x="${x + width / 2 - 45}" y="${top}" width="90" height="27"/></bpmndi:BPMNLabel>`
    : '';
  const extra =
    type === 'subProcess'
      ? ' isExpanded="true"'
      : type === 'exclusiveGateway'
        ? ' isMarkerVisible="true"'
        : '';
  return `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"${extra}><dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}"/>${label}</bpmndi:BPMNShape>`;
}

function edge(flow) {
  const [, , name, points] = flow;
  const waypoints = points
    .flatMap((x, i) => (i % 2 ? [] : [`<di:waypoint x="${x}" y="${points[i + 1]}"/>`]))
    .join('');
  const down = points[0] === points[2];
  const label = name
    ? `<bpmndi:BPMNLabel><dc:Bounds x="${points[0] + (down ? 6 : 8)}" y="${points[1] + (down ? 14 : -18)}" width="20" height="14"/></bpmndi:BPMNLabel>`
    : '';
  return `<bpmndi:BPMNEdge id="${flowId(flow)}_di" bpmnElement="${flowId(flow)}">${waypoints}${label}</bpmndi:BPMNEdge>`;
}

const content = [...inner.map((node) => element(node)), ...innerFlows.map(sequence)].join('');

export const bpmn = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:fastn="https://fastn.ai/schema/camunda/1.0" targetNamespace="https://fastn.ai/workflows">
<bpmn:error id="fastn_thrown" errorCode="fastn.thrown"/>
<bpmn:process id="hubspot-discovery-deal-to-gamma-deck" isExecutable="true" fastn:tier="STANDARD">
<bpmn:extensionElements><fastn:program format="1" sourceSha256="00">"use strict"; let ctx;</fastn:program></bpmn:extensionElements>
${nodes.map((node) => element(node, node[1] === 'subProcess' ? content : '')).join('\n')}
${flows.map(sequence).join('\n')}
</bpmn:process>
<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="hubspot-discovery-deal-to-gamma-deck">
${[...nodes, ...inner].map(shape).join('\n')}
${[...flows, ...innerFlows].map(edge).join('\n')}
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
