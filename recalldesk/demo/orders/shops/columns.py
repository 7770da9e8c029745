"""The headings of each shop's files, as published."""


def _spaced(text: str) -> list[str]:
    return text.split()


def _listed(text: str) -> list[str]:
    return text.split(",")


AMAZON_ALL = _spaced("""
amazon-order-id merchant-order-id purchase-date last-updated-date order-status
fulfillment-channel sales-channel order-channel url ship-service-level product-name sku asin
item-status quantity currency item-price item-tax shipping-price shipping-tax gift-wrap-price
gift-wrap-tax item-promotion-discount ship-promotion-discount ship-city ship-state ship-postal-code
ship-country promotion-ids is-business-order purchase-order-number price-designation""")
AMAZON_NEW = _spaced("""
order-id order-item-id purchase-date payments-date buyer-email buyer-name
buyer-phone-number sku product-name quantity-purchased currency item-price item-tax shipping-price
shipping-tax ship-service-level recipient-name ship-address-1 ship-address-2 ship-address-3
ship-city ship-state ship-postal-code ship-country ship-phone-number delivery-start-date
delivery-end-date delivery-time-zone delivery-Instructions sales-channel""")
AMAZON_RETURNS = _spaced("""
return-date order-id sku asin fnsku product-name quantity fulfillment-center-id
detailed-disposition reason status license-plate-number customer-comments""")
EBAY = _listed(
    "Sales Record Number,Order Number,Buyer Username,Buyer Name,Buyer Email,Buyer Note,"
    "Buyer Address 1,Buyer Address 2,Buyer City,Buyer State,Buyer Zip,Buyer Country,Ship To Name,"
    "Ship To Phone,Ship To Address 1,Ship To Address 2,Ship To City,Ship To State,Ship To Zip,"
    "Ship To Country,Item Number,Item Title,Custom Label,Sold Via Promoted Listings,Quantity,"
    "Sold For,Shipping And Handling,Seller Collected Tax,eBay Collected Tax,Total Price,"
    "eBay Collected Tax Included in Total,Payment Method,Sale Date,Paid On Date,Ship By Date,"
    "Minimum Estimated Delivery Date,Maximum Estimated Delivery Date,Shipped On Date,"
    "Feedback Left,Feedback Received,My Item Note,PayPal Transaction ID,Shipping Service,"
    "Tracking Number,Transaction ID,Variation Details,Global Shipping Program,"
    "Global Shipping Reference ID,Click And Collect,Click And Collect Reference Number,eBay Plus"
)
NEWEGG = _listed(
    "Order Number,Order Date & Time,Sales Channel,Fulfillment Option,Ship To Address Line 1,"
    "Ship To Address Line 2,Ship To City,Ship To State,Ship To ZipCode,Ship To Country,"
    "Ship To First Name,Ship To LastName,Ship To Company,Ship To Phone Number,"
    "Order Customer Email,Order Shipping Method,Item Seller Part #,Item Newegg #,Item Unit Price,"
    "Extend Unit Price,Item Unit Shipping Charge,Extend Shipping Charge,Extend VAT,Extend Duty,"
    "Order Shipping Total,Sales Tax,VAT Total,Duty Total,Order Total,Quantity Ordered,"
    "Quantity Shipped,Actual Shipping Carrier,Actual Shipping Method,Tracking Number"
)
NEWEGG_ONE_NAME = [
    *(each for each in NEWEGG if each not in {"Ship To First Name", "Ship To LastName"}),
    "Ship To Name",
    "Order Status",
    "UPC",
]
SHOPIFY = _listed(
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,"
    "Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,"
    "Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,"
    "Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,"
    "Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,"
    "Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,"
    "Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,"
    "Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,"
    "Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,"
    "Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,Phone"
)
REGISTRATIONS = _listed(
    "Registered On,First Name,Last Name,Email,Phone,Address,City,State,ZIP,Country,Model,"
    "Serial Number,Bought On"
)
RETURNS = _listed("RMA,Order,SKU,Item Number,Units Received,Received On")
