"""The phrase lists: what must be found, and harmless sentences of a request that must not be."""

from __future__ import annotations

import pytest

from casc_mla.check.validator import phrase_in

#: By list and language: sentences that hold a phrase of the list, and harmless ones that only look like it.
SENTENCES: dict[tuple[str, str], tuple[list[str], list[str]]] = {
    ("account_told", "ar"): (
        ["الحوالة رقم 4711", "البطاقة رقم 4000"],
        ["حسابات الشركة"],
    ),
    ("account_told", "en"): (
        [
            "card number 4000-12",
            "transfer ref. 20250503-4711",
            "account No. 421907755",
            "card ending 4711",
            "phone number +7 700 555 04 17",
        ],
        ["payments above EUR 5,000", "all accounts of P1"],
    ),
    ("account_told", "ru"): (
        ["операции по карте 4000 00", "счёт № 40817810", "перевод № 4711 от 3 мая", "телефон +7 700 555 04 17"],
        ["платежи свыше 5 000 евро", "все счета общества", "платежи 5 000 евро"],
    ),
    ("act_freeze", "ar"): (
        ["وتجميد الحساب"],
        ["قرار تجميد الحساب"],
    ),
    ("act_freeze", "en"): (
        ["to freeze the account", "to block all bank accounts", "to freeze EUR 5,000 on the account"],
        [
            "copy of the order to freeze the account",
            "documents on the attempt to block the transfer",
            "to block the road",
        ],
    ),
    ("act_interview", "ar"): (
        ["سماع أقوال الشاهد", "واستجواب المتهم"],
        ["نسخة من محضر سماع أقوال الشاهد", "محضر استجواب المتهم"],
    ),
    ("act_interview", "en"): (
        ["to question the witness", "hear witnesses", "interview the victim"],
        [
            "to examine the expert report",
            "to hear the witness statements read",
            "to locate the witness in order to interview the witness later",
            "to serve the summons to question the accused",
        ],
    ),
    ("act_search", "ar"): (
        [],
        ["نسخة من محضر تفتيش المسكن"],
    ),
    ("act_search", "en"): (
        [
            "carry out a search of the flat",
            "conduct a search at the office",
            "to search his house",
            "make a search of premises",
        ],
        [
            "make a search in the register of companies",
            "conduct a search of the land register",
            "carry out a search of your criminal records",
            "carry out a search of the e-mail account",
        ],
    ),
    ("address_words", "ar"): (
        [
            "المبنى رقم 5 بشارع الكورنيش",
            "برج وست لاغون",
        ],
        [
            "فيلا مع أرض مساحتها 640 مترا مربعا",
        ],
    ),
    ("address_words", "en"): (
        [
            "flat No. 12 in the house at 5 Corniche Street, Doha",
            "West Lagoon Tower, office 1408",
            "plot No. 41",
        ],
        [
            "flat with an area of 142 square metres in Batumi",
            "villa with land of 640 square metres",
        ],
    ),
    ("address_words", "ru"): (
        [
            "квартира 12 в доме 5 по ул. Руставели",
            "г. Батуми, пр-т Мира, д. 5",
        ],
        [
            "квартира площадью 142 кв. м в городе Батуми",
            "доменное имя",
        ],
    ),
    ("against_victim", "ar"): (
        ["نرجو توقيف الضحية", "ترحيل الضحية", "القبض على الضحية V-01", "نطلب احتجاز الضحية", "توقيف الضحية V-01"],
        [
            "احتجاز الضحية في الشقة",
            "حبس الضحية من قبل الجناة",
            "دون ترحيل الضحية",
            "تجنب ترحيل الضحية",
            "الامتناع عن القبض على الضحية",
        ],
    ),
    ("against_victim", "en"): (
        [
            "to arrest the victim",
            "We request the deportation of the victim",
            "please ensure detention of V-01",
            "to prosecute the victim for illegal entry",
            "place the victim under arrest",
            "Please arrest V-01.",
        ],
        [
            "They threatened to deport the victim",
            "evidence of the unlawful detention of the victim in the flat",
            "to charge V-01’s phone",
            "records of the detention of victim V-01",
            "Do not arrest the victim.",
        ],
    ),
    ("against_victim", "ru"): (
        [
            "депортировать потерпевшую",
            "задержать потерпевшую",
            "Просим о задержании потерпевшей",
            "обеспечить депортацию потерпевшей",
            "привлечь потерпевшую к ответственности",
        ],
        [
            "угрожали депортировать потерпевшую",
            "доказательства: задержание потерпевшей полицией 3 марта",
            "не привлечь потерпевшую",
        ],
    ),
    ("arrest_or_surrender", "ar"): (
        ["نرجو القبض على المتهم", "توقيف المشتبه به", "تسليم المطلوب"],
        [
            "نسخة من أمر توقيف المتهم",
            "طلب تسليم المتهم سيرسل لاحقا",
            "تسليم المتهم نسخة",
            "تاريخ إلقاء القبض على المتهم",
            "بغرض تسليم المستندات",
            "تسليم المتهم الاستدعاء للحضور أمام المحكمة",
            "تسليم المتهم لائحة الاتهام",
        ],
    ),
    ("arrest_or_surrender", "en"): (
        [
            "to arrest the suspect",
            "Please detain the accused",
            "We request extradition of P1",
            "provisional arrest of P1",
            "arrest him",
            "We request the arrest of the suspect",
            "arrest her and question her",
            "to extradite Ivanov",
            "take the suspect into custody",
            "Please arrest Daniyar Kenzhetayev.",
        ],
        [
            "to arrest the bank account of the accused",
            "to arrest the real estate",
            "seize and hand over the accused’s passport",
            "to prove that the group planned to detain her in the flat",
            "a separate request for extradition will follow",
            "This is not a request for extradition",
            "copy of the decision to arrest the accused",
            "no provisional arrest is sought",
            "establish who issued the order to arrest him",
            "to arrest the shares of the company",
            "to arrest her bank account",
            "to arrest the amount of EUR 500 000",
            "to arrest the tanker Sea Star",
            "order P2 to surrender her telephone",
            "to locate the owner with a view to a request for his extradition",
            "to find out how the traffickers used to detain them",
            "a copy of the provisional arrest warrant",
        ],
    ),
    ("arrest_or_surrender", "ru"): (
        [
            "задержать Иванова",
            "арестовать подозреваемого",
            "заключить под стражу",
            "экстрадировать",
            "выдать обвиняемого",
            "осуществить выдачу лица",
            "арестовать Иванова",
            "задержать его и допросить",
        ],
        [
            "наложить арест: арестовать банковские счета",
            "арестовать ценные бумаги общества",
            "задержать платёж",
            "запрос на выдачу обвиняемого будет направлен отдельно",
            "арестовать земельный участок",
            "арестовать жилой дом",
            "арестовать токены на кошельке",
            "арестовать счета обвиняемого",
            "задержать его отправку",
            "задержать исполнение",
            "не задерживать",
            "копия решения заключить под стражу обвиняемого",
        ],
    ),
    ("assets_to_be_moved", "ar"): (
        ["تحويل الأصول إلى محفظة الدولة"],
        ["بيانات عن تحويل الأموال", "مصادرة", "تجميد الرصيد ومنع تحويل الأصول"],
    ),
    ("assets_to_be_moved", "en"): (
        ["transfer the assets to the State wallet", "return of the coins", "transfer of 2 BTC"],
        [
            "identify the user and all transfers",
            "send the KYC data",
            "seize the bitcoins with the provider",
            "freeze the balance and prevent any transfer of assets",
            "so that the user cannot transfer the funds",
            "data on the transfer of funds",
        ],
    ),
    ("assets_to_be_moved", "ru"): (
        ["перевести активы на кошелёк", "возврат средств"],
        [
            "изъять у провайдера",
            "сведения о переводах",
            "установить владельца; сведения о переводе средств",
            "запретить перевод активов",
            "установить переводы USDT",
        ],
    ),
    ("bank_words", "ar"): (
        [
            "حساب لدى بنك غلف لاغون",
            "مصرف غلف لاغون، الفرع الرئيسي",
        ],
        [
            "الحساب المصرفي للشركة",
            "رصيد حساب بنكي",
        ],
    ),
    ("bank_words", "en"): (
        [
            "account with Rioni Trade Bank",
            "Gulf Lagoon Finance House, main branch, Doha",
            "Kaspibank",
        ],
        [
            "bank account of P1",
            "balance of the account",
            "bank deposits of the company",
            "the banker of the group",
        ],
    ),
    ("bank_words", "ru"): (
        [
            "счёт в банке «Риони»",
            "«Риони Трейд Банк», г. Тбилиси",
            "Райффайзенбанк",
        ],
        [
            "банковский счёт общества",
            "остаток на счёте",
            "пачки банкнот",
        ],
    ),
    ("case_file", "en"): (
        ["The file follows."],
        ["Please reply soon."],
    ),
    ("case_file", "ru"): (
        ["Материалы уголовного дела будут направлены"],
        ["Просим ответить"],
    ),
    ("catch_all_items", "ar"): (
        ["جميع المستندات ذات الصلة بالقضية", "وكافة المستندات"],
        ["العقد رقم 7/25 وجميع المستندات ذات الصلة"],
    ),
    ("catch_all_items", "en"): (
        [
            "All documents",
            "1) all relevant documents",
            "any other relevant materials",
            "any documents and records relevant to the case",
        ],
        ["Contract No. 7/25 and any other relevant documents", "all documents of the company of 2025"],
    ),
    ("catch_all_items", "ru"): (
        ["Все документы, имеющие значение для дела", "любые предметы и документы"],
        ["договор № 7/25 и иные документы, имеющие значение для дела"],
    ),
    ("confiscation_words", "ar"): (
        [
            "المصادرة لاحقا",
            "ستصادر المحكمة الفيلا",
            "لمصادرتها",
            "تُصادَر الأموال",
        ],
        [
            "أمر صادر عن المحكمة",
            "الحكم الصادر",
            "مصادر الدخل",
            "وصادر بتاريخ",
        ],
    ),
    ("confiscation_words", "en"): (
        [
            "liable to confiscation",
            "a forfeiture order",
        ],
        [
            "sources of income",
            "a freezing order issued by the court",
        ],
    ),
    ("confiscation_words", "ru"): (
        [
            "подлежит конфискации",
        ],
        [
            "постановление суда об аресте",
        ],
    ),
    ("conscience_offence", "ar"): (
        ["الزنا"],
        ["زناد السلاح", "زنا المحارم", "اللواط بالإكراه"],
    ),
    ("conscience_offence", "en"): (
        ["Sodomy"],
        ["Forcible sodomy", "Sodomy by force", "Sodomy of a minor"],
    ),
    ("conscience_offence", "ru"): (
        ["Мужеложство"],
        [
            "Насильственное мужеложство",
            "Понуждение к половому сношению, мужеложству",
            "Мужеложство с несовершеннолетним",
        ],
    ),
    ("date_and_place", "en"): (
        [
            "Please tell us when and where the hearing will be held",
            "when and where execution will take place",
            "the date of execution and the place",
        ],
        ["have you met him, and if so when and where?", "the place of the crime"],
    ),
    ("date_and_place", "ru"): (
        ["просим сообщить, где и когда состоится допрос", "о времени проведения допроса и его месте"],
        ["встречались ли Вы с ним, когда и где?", "протокол осмотра места происшествия"],
    ),
    ("consent_sought", "ar"): (
        ["الحصول على موافقته", "بعد موافقة المحتجز"],
        ["دون موافقته", "5 مايو الموافق 7 شعبان"],
    ),
    ("consent_sought", "en"): (
        ["obtain the consent of the accused", "subject to his consent", "once the detainee agrees"],
        ["under the agreement of 1999", "without his consent", "he has not consented"],
    ),
    ("consent_sought", "ru"): (
        ["получить согласие", "после его согласия"],
        ["без его согласия", "по соглашению сторон"],
    ),
    ("dates_told", "en"): (
        ["statements for 2025", "of the last 12 months"],
        ["payments above EUR 5,000"],
    ),
    ("dates_told", "ru"): (
        ["за 2025 год", "с момента открытия"],
        ["платежи свыше 5 000 евро"],
    ),
    ("days_of_safe_conduct", "ar"): (
        ["طوال مدة إقامته", "حتى مغادرته", "لمدة شهر"],
        ["لن يلاحق"],
    ),
    ("days_of_safe_conduct", "en"): (
        ["until he has left", "for the whole stay", "fifteen consecutive days"],
        ["will not be prosecuted"],
    ),
    ("days_of_safe_conduct", "ru"): (
        ["на всё время пребывания", "до выезда", "в течение недели"],
        ["не будет преследоваться"],
    ),
    ("danger_to_life", "ar"): (
        ["طفلة رهينة لدى الجناة", "خطر على حياة الضحية", "تفجير في المحطة", "اختفت طفلة منذ أمس", "يهدد بإطلاق النار"],
        ["موعد الجلسة قريب", "قد يفر المشتبه به"],
    ),
    ("danger_to_life", "en"): (
        [
            "A child is held hostage",
            "a bomb at the station",
            "danger to the life of V-01",
            "it will explode",
            "He threatened to shoot the staff",
            "the girl has been missing since yesterday",
            "she will die",
        ],
        ["the exploitation goes on", "the hearing is near", "the suspect may flee", "a copy of the death certificate"],
    ),
    ("danger_to_life", "ru"): (
        [
            "удерживают в заложниках",
            "готовится взрыв",
            "угроза жизни",
            "изнасилование",
            "Пропала девятилетняя девочка",
            "угрожает расстрелять учеников",
            "она умрёт",
        ],
        ["скоро заседание", "эксплуатация продолжается", "Подозреваемый может скрыться"],
    ),
    ("death_penalty", "ar"): (
        ["الإعدام أو السجن المؤبد", "عقوبة الإعدام"],
        ["عقوبة الإعدام ملغاة", "دون عقوبة الإعدام", "السجن المؤبد بدلا من الإعدام"],
    ),
    ("death_penalty", "en"): (
        ["death penalty or life imprisonment"],
        [
            "life imprisonment (death penalty abolished)",
            "the death penalty has been replaced by life imprisonment",
            "life imprisonment instead of the death penalty",
        ],
    ),
    ("death_penalty", "ru"): (
        ["смертная казнь"],
        [
            "пожизненное лишение свободы (смертная казнь заменена)",
            "смертная казнь упразднена",
            "пожизненное лишение свободы взамен смертной казни",
            "смертная казнь в Казахстане отменена",
        ],
    ),
    ("described_as_suspect", "en"): (
        ["is an accomplice", "suspected of fraud", "was the accused"],
        ["he was the accused’s landlord", "is the suspect's wife"],
    ),
    ("digital_devices", "ar"): (
        ["الهواتف", "هاتف"],
        ["رقم الهاتف"],
    ),
    ("digital_devices", "en"): (
        ["mobile phones", "laptop", "tablet computer", "a smartphone", "hard drives"],
        ["paper notebooks", "ecstasy tablets", "phone book", "notes with telephone numbers", "computer printouts"],
    ),
    ("digital_devices", "ru"): (
        ["мобильные телефоны", "накопители", "телефон", "серверы", "телефоны"],
        ["накопительный счёт", "номера телефонов", "номер телефона", "телефонная книжка", "компьютерные распечатки"],
    ),
    ("domestic_terms", "en"): (
        ["registered in the ERDR", "propiska in Almaty", "statement of the uchastkovy"],
        ["registration of residence (propiska)", "the local police officer (uchastkovy)", "the register (ERDR)"],
    ),
    ("earlier_request", "en"): (
        ["This is a repeated request", "our earlier request", "as a repeated request"],
        [
            "P1 sent repeated requests for payment",
            "a repeated request of the bank",
            "our first letter to the bank was returned",
        ],
    ),
    ("earlier_request", "ru"): (
        [
            "направляем повторный запрос",
            "в дополнение к нашему запросу",
            "настоящая повторная просьба",
            "ранее направленное поручение",
            "дополнительно к просьбе от 12 марта",
        ],
        [
            "потерпевший направил повторный запрос в банк",
            "ранее направленный запрос в банк остался без ответа",
            "повторный запрос в налоговую",
        ],
    ),
    ("ethnic_label", "ar"): (
        ["من الطائفة"],
        ["من طائفة من السلع"],
    ),
    ("ethnic_label", "en"): (
        ["a man of Roma ethnicity", "of mixed race", "gypsies", "of Roma ethnicity", "a person of mixed race"],
        ["sale of racehorses", "proof of race fixing", "winner of the race", "organiser of a race"],
    ),
    ("ethnic_label", "ru"): (
        ["цыгане", "цыганка", "цыган"],
        ["Цыганков Иван", "Цыганенко", "Цыганов"],
    ),
    ("evidence_purpose", "en"): (
        ["confrontation with the co-accused"],
        ["trial of the case"],
    ),
    ("evidence_purpose", "ru"): (
        ["очная ставка"],
        ["рассмотрение дела судом"],
    ),
    ("finality_certificate", "ar"): (
        [
            "شهادة بنهائية الحكم وقابليته للتنفيذ",
            "شهادة بعدم الطعن",
            "إفادة بأن الحكم نهائي",
        ],
        [
            "الحكم المؤرخ 18 نوفمبر 2025 متضمنا أمر المصادرة",
            "صورة مصدقة من الحكم النهائي",
            "شهادة ميلاد",
        ],
    ),
    ("finality_certificate", "en"): (
        [
            "Certificate of finality and enforceability of 3 April 2026",
            "Certificate that the judgment is final",
            "Attestation of entry into force",
        ],
        [
            "Judgment of 18 November 2025 with certificate of finality",
            "Certified copy of the final judgment",
            "Certificate of conviction",
            "Certificate of finality and copy of the judgment",
        ],
    ),
    ("finality_certificate", "ru"): (
        [
            "Справка о вступлении приговора в законную силу",
            "Справка об исполнимости и окончательности",
        ],
        [
            "Приговор от 18 ноября 2025 года с отметкой о вступлении в законную силу",
            "Заверенная копия приговора",
            "Справка о вступлении в силу и копия приговора",
        ],
    ),
    ("fishing", "en"): (
        ["any and all documents", "all available information", "any documents", "any information on P1", "all records"],
        [
            "any documents confirming the payment of 5 May",
            "any records of the transfer",
            "all records from 1 January 2025",
            "all documents of the contract",
        ],
    ),
    ("human_consignment", "ar"): (
        ["ثلاث نساء في شاحنة", "مجموعة من المهاجرين", "نقل أطفال", "ضحايا الاتجار"],
        ["ملابس للأطفال", "مستحضرات العناية بالبشرة", "أحذية نساء", "بضائع تعود إلى الضحية", "لعب أطفال"],
    ),
    ("human_consignment", "en"): (
        [
            "three women in a lorry",
            "group of refugees",
            "migrants hidden in the truck",
            "two girls and their documents",
            "children",
            "victims of trafficking",
        ],
        [
            "toys for children",
            "clothes for women and children",
            "children’s clothes",
            "women clothing, children shoes",
            "goods of the victim company",
            "carried by a group of people known to police",
            "medicines dangerous for human beings",
            "girls' bicycles",
            "women handbags",
        ],
    ),
    ("human_consignment", "ru"): (
        [
            "группа мигрантов",
            "три женщины",
            "перевозка людей",
            "дети",
            "девушки из Оша",
            "группу иностранцев",
            "жертвы торговли людьми",
            "автобус с женщинами",
        ],
        [
            "одежда для женщин и детей",
            "игрушки для девочек",
            "груз перевозит группа лиц",
            "лекарства для людей",
            "автомобиль, похищенный у потерпевшего",
        ],
    ),
    ("immunity_waived", "en"): (
        ["waived by note of 3 November", "with the consent of the head of mission"],
        ["The immunity has not been waived.", "sifted by a judge"],
    ),
    ("information_on_law", "ar"): (
        ["نصوص القانون المتعلقة بالتجميد"],
        ["تفتيش المكتب"],
    ),
    ("information_on_law", "en"): (
        ["text of the provisions on search"],
        ["search of the office"],
    ),
    ("information_on_law", "ru"): (
        ["сведения о законодательстве об аресте"],
        ["провести обыск"],
    ),
    ("inland_waters", "en"): (
        ["across the river Panj"],
        ["across the Caspian Sea"],
    ),
    ("inland_waters", "ru"): (
        ["через реку Пяндж"],
        ["через Каспийское море", "Telegram-канал"],
    ),
    ("is_willing", "en"): (
        ["the witness is willing"],
        ["is not willing", "unwilling"],
    ),
    ("is_willing", "ru"): (
        ["свидетель согласен", "готова участвовать"],
        ["не согласен", "готовится к слушанию"],
    ),
    ("judgment_waived", "ar"): (
        ["نلتمس الاستغناء عن شرط الحكم النهائي", "أن تتنازل عن هذا الشرط"],
        ["بناء على حكم نهائي"],
    ),
    ("judgment_waived", "en"): (
        ["we ask you to waive the requirement of a final judgment", "a waiver is asked for"],
        ["on the basis of the final judgment of 18 November 2025"],
    ),
    ("judgment_waived", "ru"): (
        ["просим отказаться от этого требования", "снять требование об окончательном решении"],
        ["на основании окончательного решения суда"],
    ),
    ("military_offence", "en"): (
        ["Desertion"],
        ["Desertion of a child"],
    ),
    ("never_disclose", "ar"): (
        ["لا يجوز إفشاء هذه المعلومات تحت أي ظرف", "لا يجوز الكشف عنها بأي حال", "لا يجوز إفشاء المعلومات لأي شخص"],
        [
            "لا يجوز إفشاء هوية الضحية تحت أي ظرف",
            "لا يجوز إفشاء أسماء الضحايا بأي حال",
            "لا يجوز إفشاؤها لأي شخص دون موافقتنا",
        ],
    ),
    ("never_disclose", "en"): (
        [
            "must not be disclosed under any circumstances",
            "under no circumstances may the information be disclosed",
            "must never be disclosed in any proceedings",
        ],
        [
            "may not be used in any proceedings without prior consent",
            "Under no circumstances shall the identity of V-01 be revealed",
            "must not be disclosed to anyone without our consent",
            "the name must never be disclosed",
            "The names of the victims must never be disclosed.",
        ],
    ),
    ("never_disclose", "ru"): (
        [
            "Ни при каких обстоятельствах не раскрывать",
            "не подлежит разглашению ни при каких обстоятельствах",
            "Информация не подлежит раскрытию кому-либо.",
        ],
        [
            "Ни при каких обстоятельствах не раскрывать личность потерпевшей",
            "ни в коем случае не разглашать без согласия",
            "Имена потерпевших ни при каких условиях не раскрываются.",
            "не раскрывается кому-либо без нашего согласия",
        ],
    ),
    ("oath_words", "ar"): (
        ["بعد حلف اليمين"],
        ["قسمة"],
    ),
    ("oath_words", "en"): (
        ["on oath", "sworn statement"],
        ["both witnesses"],
    ),
    ("oath_words", "ru"): (
        ["под присягой"],
        ["присутствие защитника"],
    ),
    ("number_in_words", "ar"): (
        ["شهران", "لمدة ثلاثين يوما", "ثلاثة أشهر", "سنة واحدة", "لمدة سنة", "أسبوعين", "مئة يوم"],
        ["ما دامت الحاجة قائمة", "عدة أشهر"],
    ),
    ("number_in_words", "en"): (
        [
            "three months",
            "one year",
            "thirty calendar days",
            "a month",
            "half a year",
            "a fortnight",
            "one hundred days",
        ],
        ["a few months", "as long as necessary", "until the case is solved"],
    ),
    ("number_in_words", "ru"): (
        [
            "тридцать суток",
            "на два календарных месяца",
            "один год",
            "полгода",
            "сроком на месяц",
            "на неделю",
            "двухмесячный срок",
            "сто дней",
        ],
        ["несколько месяцев", "сколько потребуется", "до раскрытия дела"],
    ),
    ("placeholder", "en"): (
        ["[insert name]", "[name of the judge]", "[date]"],
        ["[name withheld]", "[address unknown]", "[name changed]", "[number of the account: 5]"],
    ),
    ("placeholder_order", "ar"): (
        ["[يُذكر الاسم]", "[أدخلوا الرقم]"],
        ["[الاسم]"],
    ),
    ("placeholder_order", "en"): (
        ["[insert name]", "[to be completed]"],
        ["[name]", "[inserted by hand]"],
    ),
    ("placeholder_order", "ru"): (
        ["[указать дату]", "[заполнить]"],
        ["[номер]", "[указано в деле]"],
    ),
    ("placeholder", "ru"): (
        ["[номер]", "[указать дату]", "[ФИО]"],
        ["[номер не указан]", "[адресат — П1]", "[дата неразборчива]"],
    ),
    ("political_offence", "ar"): (
        ["التجسس"],
        ["التجسس الصناعي"],
    ),
    ("political_offence", "en"): (
        ["Espionage", "High treason"],
        ["Industrial espionage"],
    ),
    ("political_offence", "ru"): (
        ["шпионаж"],
        ["промышленный шпионаж"],
    ),
    ("questions_put", "ar"): (
        ["سماع شهادة الشاهد بشأن فتح الحساب", "سؤاله عن الحساب"],
        ["سماع شهادة الشاهد", "سماع الشاهد عن طريق الفيديو", "سماعه عن بعد"],
    ),
    ("questions_put", "en"): (
        ["about the opening of the account", "whether he rented the flat", "put the enclosed questions"],
        ["Interview the witness W1.", "Question the witness W1."],
    ),
    ("questions_put", "ru"): (
        ["Допросить свидетеля об открытии счёта", "по прилагаемым вопросам"],
        ["Допросить свидетеля W1."],
    ),
    ("receipt_words", "en"): (
        ["in person against signed receipt"],
        ["in person"],
    ),
    ("receipt_words", "ru"): (
        ["лично под расписку"],
        ["лично"],
    ),
    ("recording_words", "en"): (
        ["video recording", "audio"],
        ["verbatim record", "by video-link"],
    ),
    ("recording_words", "ru"): (
        ["видеозапись допроса"],
        ["дословный протокол", "по видеосвязи"],
    ),
    ("register_offices", "ar"): (
        ["السجل التجاري"],
        [],
    ),
    ("register_offices", "en"): (
        ["Commercial Register of Frankfurt", "Land Registry", "Chamber of Commerce"],
        ["Deutsche Bank AG", "Registered Bank Ltd"],
    ),
    ("register_offices", "ru"): (
        ["Торговый реестр", "Росреестр"],
        ["Банк «Мейнуфер»"],
    ),
    ("rights_of_suspect", "ar"): (
        ["بحقه في الصمت", "حقوق المتهم"],
        ["حقوق الشاهد"],
    ),
    ("rights_of_suspect", "en"): (
        ["the right to remain silent", "explain the rights of a suspect"],
        ["rights of the witness"],
    ),
    ("rights_of_suspect", "ru"): (
        ["разъяснить права подозреваемого", "право не давать показаний"],
        ["права свидетеля"],
    ),
    ("sensitive_target", "en"): (
        ["State Security Service", "Central Bank"],
        ["Alfa Security Services LLC"],
    ),
    ("sensitive_target", "ru"): (
        [
            "комитет национальной безопасности",
            "служба государственной безопасности",
            "здание парламента",
            "редакция газеты",
        ],
        ["служба экономической безопасности банка", "ул. Газетная, 5", "пер. Парламентский, 3"],
    ),
    ("services_abroad", "en"): (
        ["Apple Inc.", "Google LLC", "Yahoo Inc"],
        ["Appleby & Co", "Yahoo Japan Corporation", "Yahoo! Japan"],
    ),
    ("telephone_link", "ar"): (
        ["مؤتمر هاتفي", "جلسة عبر الهاتف", "الهاتف"],
        ["بروتوكول H.323 وهاتف الدعم الفني"],
    ),
    ("telephone_link", "en"): (
        ["telephone conference", "hearing by telephone", "phone", "Audio link only", "telephone"],
        [
            "H.323 over IP; technical contact by telephone +49 30 1",
            "SIP, telephone number for technical support",
            "telephone call in case of failure",
            "Webex; audio via telephone in an emergency",
        ],
    ),
    ("telephone_link", "ru"): (
        ["телефонная конференция", "допрос по телефону", "по телефону", "аудиоконференция"],
        ["H.323, при сбое — связь по телефону", "телефон технического специалиста +7", "контактный телефон"],
    ),
    ("threat_in_summons", "ar"): (
        ["تحت طائلة العقوبة", "وسيعاقب", "يعاقب بغرامة"],
        ["لا يعاقب الشاهد", "لن يعاقب", "دون غرامة"],
    ),
    ("threat_in_summons", "en"): (
        ["under penalty of a fine", "you will be fined", "will be arrested", "may be detained", "liable to a fine"],
        [
            "shall not be prosecuted, detained",
            "no witness shall be prosecuted or detained",
            "not liable to punishment",
            "without penalty",
        ],
    ),
    ("threat_in_summons", "ru"): (
        [
            "под угрозой штрафа",
            "неявка влечёт ответственность",
            "будет доставлен принудительно",
            "принудительный привод",
        ],
        [
            "свидетель не будет задержан, арестован",
            "неявка не влечёт наказания",
            "никто не может быть задержан",
            "без принудительного привода",
            "не под угрозой наказания",
        ],
    ),
    ("time_credited", "en"): (
        ["reckoned as time served", "counted towards the sentence"],
        ["returned in time"],
    ),
    ("time_of_day", "ar"): (
        ["في 4 مايو 2026 الساعة 08:15:22", "الساعة الثامنة صباحا"],
        ["198.51.100.24:50211", "4 مايو 2026"],
    ),
    ("time_of_day", "en"): (
        ["4 May 2026, 08:15 UTC", "2026-05-04T08:15:22Z", "at 8.15 pm (UTC)"],
        ["198.51.100.24:50211", "port 50211", "4 May 2026", "a tariff of 8.15 euros"],
    ),
    ("time_of_day", "ru"): (
        ["4 мая 2026 года в 8:15", "в 8 ч 15 мин", "в 08.15 UTC"],
        ["198.51.100.24:80", "4 мая 2026 года"],
    ),
    ("transaction_suspended", "ar"): (
        ["نرجو تعليق المعاملة", "وقف تحويل الأموال", "تجميد المبلغ"],
        ["هل يملك حسابات", "حجز تذكرة سفر"],
    ),
    ("transaction_suspended", "en"): (
        [
            "Please suspend the transfer.",
            "Please postpone the execution of the payment",
            "block the transaction of 5 May",
            "to freeze the funds",
            "stop the outgoing transfers",
        ],
        [
            "Does P1 hold accounts at banks of the country?",
            "Who are the shareholders of the holding company?",
            "data from the blockchain",
            "the suspect was stopped at the border",
            "household goods",
            "whether the account is blocked",
        ],
    ),
    ("transaction_suspended", "ru"): (
        [
            "Просим приостановить перевод.",
            "заблокировать операции по счёту",
            "приостановление платежа",
            "отложить исполнение поручения",
        ],
        [
            "Задержан ли кто-либо по делу?",
            "Где останавливался Иванов?",
            "Является ли он держателем счетов?",
            "был ли задержан перевозчик",
        ],
    ),
    ("treaty_with_emirates", "ar"): (
        ["والمعاهدة الثنائية المؤرخة 16 آذار/مارس 2009", "اتفاق 11 تشرين الثاني/نوفمبر 2014"],
        ["لا توجد معاهدة ثنائية", "صودق على الاتفاقية في عام 2003"],
    ),
    ("treaty_with_emirates", "en"): (
        ["the bilateral treaty", "and the agreement of 11 November 2014", "the treaty with the United Arab Emirates"],
        ["There is no bilateral treaty.", "ratified by the Law of 4 June 2014"],
    ),
    ("treaty_with_emirates", "ru"): (
        ["двусторонний договор", "и соглашение от 16 марта 2009 года", "договор с ОАЭ"],
        ["Двусторонний договор между государствами отсутствует.", "ратифицирована законом 2014 года"],
    ),
    ("treaty_with_qatar", "ar"): (
        ["واتفاقية الدوحة المؤرخة 14 شباط/فبراير 2024"],
        ["بيانات عام 2024"],
    ),
    ("treaty_with_qatar", "en"): (
        ["Agreement of Doha, 14 February 2024", "the agreement with Qatar"],
        ["in force, as at 2024"],
    ),
    ("treaty_with_qatar", "ru"): (
        ["Соглашение, подписанное в Дохе 14 февраля 2024 года"],
        ["действует, по состоянию на 2024 год"],
    ),
    ("vessels", "ar"): (
        ["مركب صيد", "قارب", "سفينة", "المركب"],
        ["المركبة رقم", "عبارة عن", "سيارات ومركبات"],
    ),
    ("vessels", "ru"): (
        ["катер", "на лодке", "паром", "судно"],
        ["Катерина Иванова", "категория"],
    ),
    ("victim_blaming", "ar"): (
        ["كم عدد الشركاء قبل ذلك؟", "هل كنت عذراء؟", "ألم يكن بإمكانك الهرب؟"],
        ["كم عدد الشركاء في الشركة؟", "كنيسة السيدة العذراء"],
    ),
    ("victim_blaming", "en"): (
        [
            "Why did you not leave?",
            "Are you a virgin?",
            "How many sexual partners have you had?",
            "loss of virginity",
            "How many partners have you had?",
        ],
        [
            "Did you fly with Virgin Atlantic?",
            "Where in Virginia did you stay?",
            "company in the British Virgin Islands",
            "How many partners did the company have?",
        ],
    ),
    ("victim_blaming", "ru"): (
        ["Сколько у вас было партнёров?", "сколько половых партнёров", "вы девственница?", "Почему сразу не ушли?"],
        ["Сколько партнёров было в фирме?"],
    ),
    ("victims_or_owners", "ar"): (
        ["إرجاع المبلغ لتعويض الضحايا", "إلى المالك الشرعي", "للمتضررين"],
        ["إرجاع كامل المبلغ الصافي"],
    ),
    ("victims_or_owners", "en"): (
        ["for the compensation of the victims", "to the prior owner"],
        ["return of the whole net amount"],
    ),
    ("victims_or_owners", "ru"): (
        ["для возмещения ущерба потерпевшим", "законному собственнику"],
        ["возвращение всей чистой суммы"],
    ),
    ("account_movements", "ar"): (
        ["كشف الحساب", "حركة الأموال"],
        ["عقد فتح الحساب"],
    ),
    ("account_movements", "en"): (
        ["statement of transactions", "outgoing payments"],
        ["account agreement and specimen signature card"],
    ),
    ("account_movements", "ru"): (
        ["выписка о движении средств", "исходящие платежи"],
        ["договор банковского счёта", "сведения о бенефициарном владельце"],
    ),
    ("certified_words", "ar"): (
        ["نسخ مصدقة"],
        ["نسخ المستندات"],
    ),
    ("certified_words", "en"): (
        ["certified copies"],
        ["copies of the deeds"],
    ),
    ("certified_words", "ru"): (
        ["заверенные копии"],
        ["копии документов"],
    ),
    ("company_of_a_child", "ar"): (
        ["بحضور ولي أمره", "بحضور أخصائي نفسي"],
        ["بحضور موظف السلطة المنفذة"],
    ),
    ("company_of_a_child", "en"): (
        ["in the presence of the mother and a psychologist"],
        ["an officer of the executing authority"],
    ),
    ("company_of_a_child", "ru"): (
        ["с участием законного представителя", "с участием педагога"],
        ["сотрудник органа, исполняющего просьбу"],
    ),
    ("false_testimony", "ar"): (
        ["التنبيه إلى عقوبة شهادة الزور"],
        ["سماع شهادة الشاهد"],
    ),
    ("false_testimony", "en"): (
        ["liability for false testimony", "penalties of perjury"],
        ["testimony of the witness"],
    ),
    ("false_testimony", "ru"): (
        ["за заведомо ложные показания"],
        ["дать показания"],
    ),
    ("kept_elsewhere", "ar"): (
        ["حساب لدى مصرف مراسل", "فرع المصرف في بون"],
        ["مراسلات المصرف"],
    ),
    ("kept_elsewhere", "en"): (
        ["the correspondent account", "its branch in Bonn"],
        ["correspondence with the bank"],
    ),
    ("kept_elsewhere", "ru"): (
        ["корреспондентский счёт", "филиал банка"],
        ["корреспонденция банка"],
    ),
    ("presence_at_the_act", "ar"): (
        ["حضور موظفينا أثناء التفتيش"],
        ["تفتيش المكتب"],
    ),
    ("presence_at_the_act", "en"): (
        ["presence of our officers at the search"],
        ["search of the office"],
    ),
    ("presence_at_the_act", "ru"): (
        ["присутствие при допросе"],
        ["допрос свидетеля"],
    ),
    ("record_wanted", "ar"): (
        ["محضر حرفي"],
        ["سماع الأقوال"],
    ),
    ("record_wanted", "en"): (
        ["a verbatim record", "minutes signed by all"],
        ["interview of the witness"],
    ),
    ("record_wanted", "ru"): (
        ["протокол с дословной записью"],
        ["разъяснить права"],
    ),
    ("records_certificate", "ar"): (
        ["إقرار كتابي من أمين السجلات"],
        ["نسخ مصدقة"],
    ),
    ("records_certificate", "en"): (
        ["affidavit of the custodian"],
        ["certified copies"],
    ),
    ("records_certificate", "ru"): (
        ["заявление хранителя документов"],
        ["заверенные копии"],
    ),
    ("right_to_silence", "ar"): (
        ["الحق في التزام الصمت"],
        ["الحق في مترجم"],
    ),
    ("right_to_silence", "en"): (
        ["the right to remain silent"],
        ["the right to an interpreter"],
    ),
    ("right_to_silence", "ru"): (
        ["право не давать показаний"],
        ["право на переводчика"],
    ),
    ("sealed_and_labelled", "ar"): (
        ["تغليف العينات ووسمها"],
        ["أخذ عينة"],
    ),
    ("sealed_and_labelled", "en"): (
        ["pack and seal each swab"],
        ["take a swab"],
    ),
    ("sealed_and_labelled", "ru"): (
        ["упаковать и опечатать"],
        ["взять образец"],
    ),
    ("bank_names", "ar"): (
        ["مصرف الراين", "البنك المركزي"],
        ["شركة الراين للتأمين"],
    ),
    ("bank_names", "en"): (
        ["Mainufer Handelsbank AG", "Savings Bank of Bonn"],
        ["Rhein Insurance", "Bankruptcy Office"],
    ),
    ("bank_names", "ru"): (
        ["Жибек-Банк", "ПАО Сбербанк"],
        ["страховое общество", "суд по делам о банкротстве"],
    ),
    ("smuggling_words", "en"): (
        ["they entered the country illegally", "smuggling of migrants"],
        ["illegal entry into the flat"],
    ),
    ("smuggling_words", "ru"): (
        ["незаконный ввоз мигрантов", "нелегально въехал"],
        ["незаконный ввоз наркотиков"],
    ),
    ("smuggling_words", "ar"): (
        ["الهجرة غير الشرعية", "تهريب مهاجرين"],
        ["الدخول غير المشروع إلى المسكن"],
    ),
    ("consent_excuse", "en"): (
        ["Since she consented, there was no crime.", "They voluntarily agreed, so no offence was committed."],
        [],
    ),
    ("recognition_questions", "ru"): (
        ["Как делятся активы?"],
        [],
    ),
    ("recognition_questions", "ar"): (
        ["كيف تُقسم الأموال؟"],
        [],
    ),
    ("act_freeze", "ru"): (
        [],
        ["копия ходатайства наложить арест"],
    ),
    ("act_interview", "ru"): (
        ["Необходимо допросить свидетеля"],
        ["установить местонахождение свидетеля, чтобы допросить его"],
    ),
    ("certificate_word", "ar"): (
        ["شهادة بأن الطلب يتعلق بمسألة جنائية"],
        ["شهادة الشاهد", "شهادة ميلاد"],
    ),
    ("certificate_word", "en"): (
        ["Certificate that the request concerns a criminal matter"],
        ["Certificate of translation", "Birth certificate"],
    ),
    ("certificate_word", "ru"): (
        ["Удостоверение о том, что дело является уголовным"],
        ["Свидетельство о рождении", "Свидетельские показания"],
    ),
    ("limitation_stopped", "ar"): (
        ["أُوقف سريان التقادم"],
        ["مدة التقادم 15 سنة"],
    ),
    ("limitation_stopped", "en"): (
        ["suspended on 1 October 2026"],
        ["the period is 15 years and was not suspended"],
    ),
    ("limitation_stopped", "ru"): (
        ["течение срока приостановлено", "перерван 3 мая"],
        ["срок давности — 15 лет, не прерывался"],
    ),
    ("no_formalities", "ar"): (
        ["لا توجد", "لا تُشترط شكليات"],
        ["لا يجوز الاستجواب دون محام"],
    ),
    ("no_formalities", "en"): (
        ["None.", "No special formalities"],
        ["No interview without counsel"],
    ),
    ("penalty_words", "ar"): (
        ["يُعاقب بالسجن"],
        ["كل من استولى على مال الغير"],
    ),
    ("penalty_words", "en"): (
        ["is punishable by deprivation of liberty"],
        ["whoever takes another's property"],
    ),
    ("penalty_words", "ru"): (
        ["наказывается лишением свободы"],
        ["хищение чужого имущества"],
    ),
    ("sensitive_target", "ar"): (
        [],
        ["شارع البرلمان"],
    ),
    ("treaty_word", "ar"): (
        ["لا توجد معاهدة ثنائية"],
        ["لا تحفظات"],
    ),
    ("treaty_word", "en"): (
        ["no bilateral treaty exists"],
        ["No reservation was found.", "No reservations to the treaty."],
    ),
    ("treaty_word", "ru"): (
        ["двустороннего договора нет"],
        ["Оговорок не установлено.", "Оговорки к договору проверены."],
    ),
}


@pytest.mark.parametrize(("name", "lang"), sorted(SENTENCES))
def test_phrases_are_found_and_harmless_sentences_are_not(name: str, lang: str) -> None:
    """Every list finds its phrases and leaves ordinary sentences alone."""
    found, harmless = SENTENCES[name, lang]
    assert [text for text in found if not phrase_in(name, {lang: text})] == []
    assert {text: phrase_in(name, {lang: text}) for text in harmless if phrase_in(name, {lang: text})} == {}
