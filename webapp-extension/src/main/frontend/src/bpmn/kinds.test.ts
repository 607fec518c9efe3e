import { describe, expect, it } from 'vitest';
import { kindOf } from './kinds';

describe('the kind of a step', () => {
  it('is what the attribute says', () => {
    expect(kindOf('WRITE', 'bpmn:ScriptTask')).toBe('WRITE');
  });

  it.each([
    ['bpmn:StartEvent', 'TRIGGER'],
    ['bpmn:EndEvent', 'DONE'],
    ['bpmn:UserTask', 'PROCESS'],
    ['bpmn:CallActivity', 'PROCESS'],
    ['bpmn:ExclusiveGateway', null],
  ])('of a hand-modelled %s is %s', (type, kind) => {
    expect(kindOf(undefined, type)).toBe(kind);
    expect(kindOf('NONSENSE', type)).toBe(kind);
  });
});
