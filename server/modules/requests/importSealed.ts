/**
 * Words of things that are never stored here (rules 5): a person in danger or in distress, and reports of misconduct.
 * A narrow list on purpose. It only turns rows of a file back to the person who brought it; nobody is judged by it.
 */
const distress =
  /自杀|自残|轻生|寻死|想死(?!人)|不想活|活不下去|割腕|遗书|跳楼(?![价机])|抑郁症|重度抑郁|suicid|self[- ]harm|kill(?:ing)? (?:myself|himself|herself|themselves)|end (?:my|his|her) (?:own )?life/iu;
const misconduct =
  /贪污|贪腐|受贿|行贿|索贿|贿赂|挪用公款|收受[^，。]{0,6}(?:红包|好处)|吃拿卡要|以权谋私|权钱交易|违规违纪|违法乱纪|\bbrib(?:e|es|ed|ery|ing)\b|embezzl|\bkickbacks?\b|\bcorrupt(?:ion)?\b/iu;

/** To which sealed line a text belongs, or null. Pure. */
export function sealedSubject(text: string): 'psych' | 'discipline' | null {
  return distress.test(text) ? 'psych' : misconduct.test(text) ? 'discipline' : null;
}
