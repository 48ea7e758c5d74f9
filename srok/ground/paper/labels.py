"""The fixed words of the printed forms, Khmer beside English, as law and custom have them.

They are part of a form, not sentences about a case: both languages stand on the same paper whatever language a
person reads, so they do not pass through gettext. Card labels after law.md section 1.3.
"""

from typing import Final

STATE: Final = {
    "state_km": "ព្រះរាជាណាចក្រកម្ពុជា",
    "motto_km": "ជាតិ សាសនា ព្រះមហាក្សត្រ",
    "state_en": "Kingdom of Cambodia",
    "motto_en": "Nation Religion King",
    "specimen": "គំរូ · SPECIMEN",
}
CARD: Final = {
    "title_km": "អត្តសញ្ញាណប័ណ្ណសញ្ជាតិខ្មែរ",
    "title_en": "KHMER NATIONALITY IDENTITY CARD",
    "name": "គោត្តនាម និងនាម",
    "birth": "ថ្ងៃខែឆ្នាំកំណើត",
    "sex": "ភេទ",
    "height": "កំពស់",
    "birthplace": "ទីកន្លែងកំណើត",
    "address": "អាសយដ្ឋាន",
    "validity": "សុពលភាព",
    "until": "ដល់ថ្ងៃ",
    "mark": "ភិនភាគ",
    "issuer_km": "អគ្គនាយកដ្ឋានអត្តសញ្ញាណកម្ម",
    "issuer_ministry_km": "ក្រសួងមហាផ្ទៃ",
    "issuer_en": "General Department of Identification, Ministry of Interior",
    "with_km": "ចេញរួមជាមួយ ក្រសួងការបរទេស និងសហប្រតិបត្តិការអន្តរជាតិ",
    "with_en": "Issued jointly with the Ministry of Foreign Affairs and International Cooperation",
    "handed_over_km": "ប្រគល់ជូននៅ",
    "handed_over_en": "Handed over at",
    "found_km": "អ្នករើសបានប័ណ្ណនេះ សូមប្រគល់ជូនប៉ុស្តិ៍នគរបាលរដ្ឋបាល ឬស្ថានទូតកម្ពុជាដែលនៅជិតបំផុត។",
    "found_en": "If found, please hand in at a police post or at the nearest Embassy of Cambodia.",
    "verify_km": "ស្កេនកូដ QR ដើម្បីផ្ទៀងផ្ទាត់ប័ណ្ណនេះ",
    "verify_en": "Scan the QR code to verify this card",
}
LETTER: Final = {
    "reference_km": "លេខយោង", "reference_en": "Reference",
    "to_km": "គោរពជូន", "to_en": "To",
    "subject_km": "កម្មវត្ថុ", "subject_en": "Subject",
    "reasons_km": "ហេតុផល", "reasons_en": "Reasons",
    "source_km": "មូលដ្ឋាន", "source_en": "Source",
    "rule_km": "វិធានរបស់សេវា", "rule_en": "rule of the service",
    "appeal_km": "សិទ្ធិប្ដឹងតវ៉ា", "appeal_en": "Your right to object",
    "signed_km": "ហត្ថលេខា និងត្រា", "signed_en": "Signature and seal",
    "page_km": "ទំព័រ", "page_en": "Page",
    "both": "លិខិតនេះមានជាភាសាខ្មែរ និងភាសាអង់គ្លេស · This letter is in Khmer and in English",
}  # fmt: skip
SHEET: Final = {
    "title_km": "បង្កាន់ដៃទទួលពាក្យសុំ", "title_en": "Receipt for an application",
    "for_km": "អត្តសញ្ញាណប័ណ្ណសញ្ជាតិខ្មែរ", "for_en": "Khmer nationality identity card",
    "number_km": "លេខរៀង", "number_en": "No.",
    "reference_km": "លេខយោង", "reference_en": "Reference",
    "office_km": "សម្រាប់ការិយាល័យ", "office_en": "For the office",
    "attach_km": "បិទលើពាក្យសុំ", "attach_en": "Attach to the application form",
    "date_km": "កាលបរិច្ឆេទ", "date_en": "Date",
}  # fmt: skip
