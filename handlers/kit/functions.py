"""The functions of a company: what they are called, and which one a job title belongs to. Pure."""

from storage.values import Function

FUNCTIONS = {
    Function.PRODUCT: "Product",
    Function.ENGINEERING: "Engineering",
    Function.DESIGN: "Design",
    Function.MARKETING: "Marketing",
    Function.SALES: "Sales",
    Function.CUSTOMER_SUCCESS: "Customer Success",
}
_WORDS = {
    Function.CUSTOMER_SUCCESS: ("customer success", "support", "customer care", "customer service"),
    Function.DESIGN: ("design", "ux", "user research"),
    Function.MARKETING: ("marketing", "communications", "content", "brand"),
    Function.SALES: ("sales", "account executive", "account manager", "business development"),
    Function.ENGINEERING: ("engineer", "developer", "devops", "sre", "qa", "architect"),
    Function.PRODUCT: ("product",),
}


def function_of(title: str) -> Function | None:
    """The function a job title names; "Product Designer" is a designer, so Product comes last."""
    words = f" {' '.join(title.lower().replace('/', ' ').replace(',', ' ').split())}"
    return next((one for one, known in _WORDS.items() if any(f" {word}" in words for word in known)), None)
